package dev.rocket.http.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The page's files in a source tree, read for each request.
 *
 * <p>For development: each HTML file brings a script along that loads the page anew when a file
 * changed or another server answers. Thread-safe.
 */
public final class SourcePages {

    /** Where the state is told that the script compares. */
    public static final String STATE = "/reload";

    private static final String SCRIPT_PATH = "/reload.js";
    private static final String SCRIPT =
            """
            // Loads the page anew when its files changed, or when another server answers.
            const seen = document.querySelector("script[data-state]").dataset.state;
            async function look() {
              try {
                const answer = await fetch("/reload", { cache: "no-store" });
                if ((await answer.json()) !== seen) {
                  location.reload();
                }
              } catch {
                // The server is being restarted.
              }
            }
            setInterval(look, 500);
            """;
    private static final String END_OF_HEAD = "</head>";

    /** It names the state that the page was read in, so that no change is missed. */
    private static final String MENTION =
            "<script type=\"module\" src=\"" + SCRIPT_PATH + "\" data-state=\"%s\"></script>\n";

    private final Path folder;
    private final List<Pages.File> built;

    /** Reads what was built in from a folder instead. */
    public SourcePages(Path folder, Pages built) {
        this.folder = folder;
        this.built = built.files();
    }

    /** The script that the page brings along. */
    public Pages.File script() {
        byte[] bytes = SCRIPT.getBytes(StandardCharsets.UTF_8);
        return new Pages.File(SCRIPT_PATH, "", Pages.SCRIPT, bytes);
    }

    /** A file as it is now; one that is just being saved as it was built. */
    public Pages.File now(Pages.File file) {
        try {
            String before = state();
            byte[] bytes = Files.readAllBytes(folder.resolve(file.name()));
            return file.with(file.mediaType().equals(Pages.HTML) ? watching(bytes, before) : bytes);
        } catch (IOException e) {
            return file;
        }
    }

    private static byte[] watching(byte[] html, String state) {
        String text = new String(html, StandardCharsets.UTF_8);
        return text.replace(END_OF_HEAD, MENTION.formatted(state) + END_OF_HEAD)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A text that is another one once a file changed, or in another process. */
    public String state() {
        StringBuilder state = new StringBuilder(32 * built.size());
        state.append(ProcessHandle.current().pid());
        for (Pages.File file : built) {
            try {
                Path source = folder.resolve(file.name());
                state.append(' ').append(Files.getLastModifiedTime(source).toMillis());
            } catch (IOException e) {
                state.append(" -");
            }
        }
        return state.toString();
    }
}
