package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.Vault;
import dev.rocket.core.port.VaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A vault that is a folder, on another disk or mounted.
 *
 * <p>An item is a file under its name, and folders are made for the slashes in it; all of them are
 * for their owner alone. The folder itself must be there: one that is missing is a disk that is not
 * mounted, and the copies must not land on the disk below. An interrupted put begins anew.
 */
public final class DirectoryVault implements Vault {

    private static final FileAttribute<?> OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;

    /** Keeps copies in that folder. */
    public DirectoryVault(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public List<Item> items(String prefix, String after) {
        checkRoot();
        Path from = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        Listing found = new Listing(root, prefix, after);
        try {
            Files.walkFileTree(from, found);
        } catch (IOException e) {
            throw place(from).apply(e);
        }
        return List.copyOf(found.items.values());
    }

    /** Walks over the files, and keeps the first items of a list. */
    private static final class Listing extends SimpleFileVisitor<Path> {

        private final TreeMap<String, Item> items = new TreeMap<>();
        private final Path root;
        private final String prefix;
        private final String after;

        Listing(Path root, String prefix, String after) {
            this.root = root;
            this.prefix = prefix;
            this.after = after;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
            String name = root.relativize(file).toString();
            boolean listed = name.startsWith(prefix) && name.compareTo(after) > 0;
            if (listed && Vault.isName(name) && found.isRegularFile()) {
                items.put(name, new Item(name, found.size(), found.lastModifiedTime().toInstant()));
                if (items.size() > ITEMS) {
                    items.pollLastEntry();
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                // Deleted since its folder was read, or nothing begins like that.
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }

    @Override
    public void put(String name, Path file, LongConsumer progress) {
        Path item = item(name);
        try (InputStream in = Sides.open(file)) {
            checkRoot();
            Files.createDirectories(item.resolveSibling(".").normalize(), OWNER);
            try (WholeFile out = new WholeFile(item, place(item))) {
                Sides.copy(in, out, Sides.local(file), progress);
                out.keep();
            }
        } catch (IOException e) {
            throw place(item).apply(e);
        }
    }

    @Override
    public void fetch(String name, Path target, LongConsumer progress) {
        Path item = item(name);
        checkRoot();
        try (InputStream in = Files.newInputStream(item);
                WholeFile out = new WholeFile(target, Sides.local(target))) {
            Sides.copy(in, out, place(item), progress);
            out.keep();
        } catch (NoSuchFileException e) {
            throw new VaultException(
                    VaultException.Kind.MISSING, "There is no " + name + " in " + root + ".", e);
        } catch (IOException e) {
            throw place(item).apply(e);
        }
    }

    @Override
    public void delete(String name) {
        Path item = item(name);
        checkRoot();
        try {
            if (Files.deleteIfExists(item)) {
                WholeFile.sync(item.resolveSibling(".").normalize());
            }
        } catch (IOException e) {
            throw place(item).apply(e);
        }
    }

    private Path item(String name) {
        Sides.check(name);
        return root.resolve(name);
    }

    private void checkRoot() {
        if (!Files.isDirectory(root)) {
            throw new VaultException(
                    VaultException.Kind.MISSING,
                    root
                            + " is no folder; mount the disk, or make the folder, or set"
                            + " ROCKET_OFFSITE to another.");
        }
    }

    private static Function<IOException, VaultException> place(Path path) {
        return e -> {
            if (Sides.isFull(path)) {
                return Sides.full(path, e);
            }
            VaultException.Kind kind =
                    e instanceof AccessDeniedException
                            ? VaultException.Kind.REFUSED
                            : VaultException.Kind.UNAVAILABLE;
            return new VaultException(kind, path + ": " + Sides.reason(e) + ".", e);
        };
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
