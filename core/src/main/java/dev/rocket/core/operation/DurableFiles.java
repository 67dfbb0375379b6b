package dev.rocket.core.operation;

import dev.rocket.core.model.BackupNote.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Files for their owner alone that survive a loss of power once they are told to. */
final class DurableFiles {

    private static final int BUFFER_BYTES = 1 << 20;

    private DurableFiles() {}

    /** Makes a folder and those above it, if they are not there. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder, owner(folder, "rwx------"));
    }

    private static FileAttribute<?>[] owner(Path path, String rights) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
                }
                : new FileAttribute<?>[0];
    }

    /** Opens a file to write to, making it when it is not there. */
    static FileChannel open(Path file, StandardOpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.addAll(List.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        return FileChannel.open(file, options, owner(file, "rw-------"));
    }

    /** Makes what a file holds durable. */
    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes durable which files a folder holds, under which names. */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Writes a text, which replaces what was there as a whole. */
    static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel channel = open(fresh, StandardOpenOption.TRUNCATE_EXISTING)) {
            drain(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), channel);
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(folderOf(file));
    }

    /** The folder that a file is in. */
    static Path folderOf(Path file) {
        return file.toAbsolutePath().resolveSibling(".").normalize();
    }

    /** Reads a file for its size and checksum. */
    static Bytes read(Path file, LongConsumer progress) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return pass(in, bytes -> {}, progress);
        }
    }

    /** Copies a file to a new one and makes that durable; the size and checksum of what it read. */
    static Bytes copy(Path from, Path to, LongConsumer progress) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = open(to, StandardOpenOption.TRUNCATE_EXISTING)) {
            Bytes bytes = pass(in, buffer -> drain(buffer, out), progress);
            out.force(true);
            return bytes;
        }
    }

    private interface Sink {
        void take(ByteBuffer bytes) throws IOException;
    }

    private static void drain(ByteBuffer bytes, FileChannel out) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static Bytes pass(FileChannel in, Sink sink, LongConsumer progress) throws IOException {
        MessageDigest sha = FileHash.sha256();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long count = 0;
        while (in.read(buffer) >= 0) {
            buffer.flip();
            sha.update(buffer.duplicate());
            count += buffer.remaining();
            sink.take(buffer);
            buffer.clear();
            progress.accept(count);
        }
        return new Bytes(count, HexFormat.of().formatHex(sha.digest()));
    }

    /** Deletes a file, or a folder with all that is in it; nothing when it is not there. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    /** The space left where a folder is, in bytes. */
    static long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
