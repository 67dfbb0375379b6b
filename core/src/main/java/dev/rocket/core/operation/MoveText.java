package dev.rocket.core.operation;

import dev.rocket.core.model.JsonOut;

/** How far a move is, as JSON text. */
public final class MoveText {

    private static final int CHARS = 1024;

    private MoveText() {}

    /** An object with the status, where the store is, and which one follows it. */
    public static String print(MigrateStore migrate) {
        MoveStatus status = migrate.status();
        StringBuilder out = new StringBuilder(CHARS);
        JsonOut json =
                new JsonOut(out)
                        .begin()
                        .plain("phase", status.phase().wire())
                        .text("here", migrate.here().place())
                        .text("to", status.to())
                        .instant("since", status.since())
                        .number("rows", status.rows())
                        .number("at", status.at().value())
                        .number("end", status.end().value())
                        .number("freezes", status.freezes())
                        .number("frozenMillis", status.frozen().toMillis())
                        .truth("paused", status.isPaused())
                        .text("detail", status.detail())
                        .text("following", migrate.following());
        json.name("plan");
        out.append('[');
        String comma = "";
        for (String line : status.plan()) {
            out.append(comma);
            json.quote(line);
            comma = ",";
        }
        out.append(']');
        json.end();
        return out.toString();
    }
}
