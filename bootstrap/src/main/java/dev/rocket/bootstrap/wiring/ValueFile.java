package dev.rocket.bootstrap.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that holds one value, such as a secret that an orchestrator mounts.
 *
 * <p>Blanks and line ends around the value are cut off. No problem shows what the file holds.
 */
final class ValueFile {

    /** More than any value needs, and little enough for a file named by mistake. */
    static final int MAX_BYTES = 4_096;

    private ValueFile() {}

    /**
     * The value in a file.
     *
     * @throws IOException whose message ends the sentence that begins with the file's name
     */
    static String read(Path file) throws IOException {
        String text = text(file).strip();
        if (text.isEmpty()) {
            throw new IOException("is empty; write the value into it");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IOException("holds more than one line of text; leave the value alone in it");
        }
        return text;
    }

    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new IOException(
                    "cannot be read; check that it is a file and that this user may", e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("is longer than " + MAX_BYTES + " bytes; name another file");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8 text; save it as that", e);
        }
    }
}
