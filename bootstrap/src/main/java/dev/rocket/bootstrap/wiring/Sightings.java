package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A small file that knows when each secret was first seen.
 *
 * <p>Of a value it keeps a slow, salted hash alone: enough to tell that it is another one than
 * before, and of no use for finding it. A file that cannot be read is begun anew, which makes
 * secrets look younger, never older.
 */
final class Sightings {

    private static final int ROUNDS = 200_000;
    private static final int HASH_BITS = 128;
    private static final int SALT_BYTES = 16;

    private record Sighting(String hash, Instant since) {}

    private final Path file;
    private final RandomGenerator chance;

    /** Keeps a file; {@code chance} makes its salt. */
    Sightings(Path file, RandomGenerator chance) {
        this.file = file;
        this.chance = chance;
    }

    /**
     * When each value was first seen; a new one is noted as seen now.
     *
     * @param values by name
     * @throws UncheckedIOException when that cannot be noted
     */
    Map<String, Instant> since(Map<String, String> values, Instant now) {
        List<String> lines = lines();
        String salt = lines.isEmpty() ? "" : lines.get(0);
        if (!salt.matches("[0-9a-f]{" + SALT_BYTES * 2 + "}")) {
            salt = newSalt();
        }
        Map<String, Sighting> known = known(lines);
        Map<String, Sighting> next = new TreeMap<>();
        Map<String, Instant> since = new TreeMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            Sighting sighting = new Sighting(hash(value.getValue(), salt), now);
            Sighting before = known.get(value.getKey());
            if (before != null && before.hash().equals(sighting.hash())) {
                sighting = before;
            }
            next.put(value.getKey(), sighting);
            since.put(value.getKey(), sighting.since());
        }
        if (!next.equals(known)) {
            write(salt, next);
        }
        return since;
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Map<String, Sighting> known(List<String> lines) {
        Map<String, Sighting> known = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(" ", -1);
            try {
                if (parts.length == 3) {
                    known.put(parts[0], new Sighting(parts[1], Instant.parse(parts[2])));
                }
            } catch (DateTimeParseException e) {
                known.remove(parts[0]);
            }
        }
        return known;
    }

    private String newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        chance.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static String hash(String value, String salt) {
        byte[] grains = HexFormat.of().parseHex(salt);
        PBEKeySpec spec = new PBEKeySpec(value.toCharArray(), grains, ROUNDS, HASH_BITS);
        try {
            SecretKeyFactory slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return HexFormat.of().formatHex(slow.generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    private void write(String salt, Map<String, Sighting> sightings) {
        List<String> lines = new ArrayList<>(List.of(salt));
        sightings.forEach((name, one) -> lines.add(name + " " + one.hash() + " " + one.since()));
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            Files.write(Files.createFile(next, ownerOnly(next)), lines);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
