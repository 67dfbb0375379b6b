package dev.rocket.bootstrap.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a move is, as a server tells it.
 *
 * @param members by name, without the plan
 * @param plan its lines
 */
record MoveView(Map<String, String> members, List<String> plan) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads what the server told. */
    static MoveView parse(String json) throws IOException {
        Map<String, String> members = new HashMap<>();
        List<String> plan = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        plan.add(parser.getText());
                    }
                } else {
                    members.put(name, parser.getText());
                }
            }
        }
        return new MoveView(members, plan);
    }

    String phase() {
        return text("phase");
    }

    String text(String name) {
        return members.getOrDefault(name, "");
    }

    long number(String name) {
        return Long.parseLong(members.getOrDefault(name, "0"));
    }

    /** Whether no more comes of it. */
    boolean isOver() {
        return switch (phase()) {
            case "idle", "done", "failed", "aborted" -> true;
            default -> false;
        };
    }

    /** Several lines for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        String waits = text("paused").equals("true") ? ", waits: rocket migrate resume" : "";
        line(text, "phase", phase() + " since " + text("since") + waits);
        line(text, "store", text("here"));
        line(text, "to", text("to"));
        if (!text("to").isEmpty()) {
            String places = "up to " + text("at") + " of " + text("end") + " in the feed";
            line(text, "copied", places + ", " + text("rows") + " rows in this phase");
        }
        if (number("freezes") > 0) {
            String last = text("frozenMillis") + " ms the last time";
            line(text, "writes", "held up " + text("freezes") + " times, " + last);
        }
        line(text, "follower", text("following"));
        line(text, "", text("detail"));
        plan.forEach(each -> line(text, "", each));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String what) {
        if (!what.isEmpty()) {
            text.append(String.format("%-10s", name)).append(what).append('\n');
        }
    }
}
