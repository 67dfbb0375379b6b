package dev.rocket.bootstrap.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One tab of a browser, used by keys and the mouse. */
public final class Tab {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int LOOK_MILLIS = 20;

    /** Longer than a frame of an animation. */
    private static final int STILL_MILLIS = 40;

    private static final int MOST_DOCUMENTS = 3;
    private static final List<String> GONE =
            List.of("navigated or closed", "context was destroyed", "Promise was collected");
    private static final Map<String, Integer> CODES =
            Map.of("Enter", 13, "Escape", 27, "ArrowUp", 38, "ArrowDown", 40);

    private final Browser browser;
    private final String session;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    Tab(Browser browser, String session) {
        this.browser = browser;
        this.session = session;
    }

    /** Asks for everything that tells of errors. */
    void begin() {
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
        call("Page.enable", Map.of());
        size(1000, 800);
    }

    /** Takes an event; errors, warnings of the policy and failed requests are kept. */
    void heed(String method, Map<String, Object> parameters) {
        switch (method) {
            case "Runtime.exceptionThrown" -> errors.add("exception: " + parameters);
            case "Runtime.consoleAPICalled" -> {
                if (JsonTree.text(parameters, "type").equals("error")) {
                    errors.add("console: " + parameters);
                }
            }
            case "Log.entryAdded" -> {
                Map<String, Object> entry = JsonTree.object(parameters, "entry");
                if (JsonTree.text(entry, "level").equals("error")) {
                    errors.add(
                            JsonTree.text(entry, "source")
                                    + ": "
                                    + JsonTree.text(entry, "text")
                                    + " "
                                    + JsonTree.text(entry, "url"));
                }
            }
            default -> {}
        }
    }

    /** What went wrong so far, apart from answers of these statuses, which were asked for. */
    List<String> errors(int... expected) {
        return errors.stream()
                .filter(
                        error -> {
                            for (int status : expected) {
                                if (error.startsWith("network:")
                                        && error.contains("status of " + status)) {
                                    return false;
                                }
                            }
                            return true;
                        })
                .toList();
    }

    private Map<String, Object> call(String method, Map<String, Object> parameters) {
        return browser.call(session, method, parameters);
    }

    /** Opens an address; returns when its document has begun. */
    public void open(String url) {
        Map<String, Object> result = call("Page.navigate", Map.of("url", url));
        if (result.containsKey("errorText")) {
            throw new IllegalStateException(url + ": " + result.get("errorText"));
        }
    }

    /** Sets the size of what is seen, in pixels. */
    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Prefers dark or light colours. */
    void dark(boolean isDark) {
        Map<String, Object> feature =
                Map.of("name", "prefers-color-scheme", "value", isDark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** What an expression gives, as text; a promise is awaited. */
    public String evaluate(String expression) {
        Map<String, Object> result =
                call(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true));
        if (result.containsKey("exceptionDetails")) {
            throw new IllegalStateException(
                    expression + " threw " + result.get("exceptionDetails"));
        }
        return JsonTree.text(JsonTree.object(result, "result"), "value");
    }

    /** Waits, up to a bound, until an expression is true in whatever document is shown. */
    public void await(String condition) {
        String look =
                "new Promise(done => { const end = Date.now() + "
                        + PATIENCE_MILLIS
                        + "; const look = () => { if ("
                        + condition
                        + ") done(true); else if (Date.now() > end) done(false);"
                        + " else setTimeout(look, "
                        + LOOK_MILLIS
                        + "); }; look(); })";
        if (!evaluateAcrossDocuments(look).equals("true")) {
            throw new AssertionError(
                    "never came true: " + condition + "\nerrors: " + errors + "\n" + text());
        }
    }

    /** Evaluates anew in the next document when the one that was asked gives way to it. */
    private String evaluateAcrossDocuments(String expression) {
        for (int documents = 1; documents < MOST_DOCUMENTS; documents++) {
            try {
                return evaluate(expression);
            } catch (IllegalStateException e) {
                if (GONE.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
                    throw e;
                }
            }
        }
        return evaluate(expression);
    }

    /** Waits until an element is there and shown. */
    void awaitShown(String selector) {
        await("document.querySelector(" + JsonTree.quote(selector) + ")?.checkVisibility()");
    }

    /** All that can be read in the document. */
    String text() {
        return evaluate("document.body.innerText");
    }

    /** The text of an element. */
    String text(String selector) {
        return evaluate("document.querySelector(" + JsonTree.quote(selector) + ").textContent");
    }

    /** Clicks into the middle of an element, once it is shown, stands still and is on top. */
    void click(String selector) {
        awaitShown(selector);
        String place =
                evaluate(
                        """
                        new Promise((done, fail) => {
                          const end = Date.now() + %d;
                          let before = '';
                          const look = () => {
                            const e = document.querySelector(%s);
                            e?.scrollIntoView({block: 'center'});
                            const r = e?.getBoundingClientRect() ?? new DOMRect();
                            const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
                            const now = x + ' ' + y;
                            const isOnTop = e?.contains(document.elementFromPoint(x, y));
                            if (isOnTop && now === before) done(now);
                            else if (Date.now() > end) fail('covered or moving');
                            else { before = now; setTimeout(look, %d); }
                          };
                          look();
                        })
                        """
                                .formatted(
                                        PATIENCE_MILLIS, JsonTree.quote(selector), STILL_MILLIS));
        String[] parts = place.split(" ", -1);
        press(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    private void press(double x, double y) {
        Map<String, Object> left = Map.of("x", x, "y", y, "button", "left", "clickCount", 1);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            Map<String, Object> event = new HashMap<>(left);
            event.put("type", type);
            call("Input.dispatchMouseEvent", event);
        }
    }

    /** Replaces what stands in a field by typing. */
    void type(String selector, String text) {
        awaitShown(selector);
        evaluate(
                "(() => { const e = document.querySelector("
                        + JsonTree.quote(selector)
                        + "); e.focus(); e.select(); })()");
        type(text);
    }

    /** Types into whatever has the focus. */
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** Presses and releases a key by its name; a single character types itself. */
    void press(String key) {
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        Map<String, Object> up = Map.of("type", "keyUp", "key", key);
        Map<String, Object> down = new HashMap<>(Map.of("type", "keyDown", "key", key));
        if (!text.isEmpty()) {
            down.put("text", text);
        }
        Integer code = CODES.get(key);
        if (code != null) {
            down.put("windowsVirtualKeyCode", code);
        }
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", up);
    }

    /** Chooses an option of a choice by its words. */
    void choose(String selector, String words) {
        awaitShown(selector);
        evaluate(
                "(() => { const e = document.querySelector("
                        + JsonTree.quote(selector)
                        + "); e.value = [...e.options].find(o => o.text === "
                        + JsonTree.quote(words)
                        + ").value; e.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    /** Keeps a picture of what is seen. */
    void picture(Path file) throws IOException {
        Map<String, Object> shot = call("Page.captureScreenshot", Map.of("format", "png"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(JsonTree.text(shot, "data")));
    }
}
