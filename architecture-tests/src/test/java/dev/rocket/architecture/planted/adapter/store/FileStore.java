package dev.rocket.architecture.planted.adapter.store;

import dev.rocket.architecture.planted.adapter.port.Ledger;
import java.sql.SQLException;

/** An adapter. */
public final class FileStore implements Ledger {

    private String last;

    private FileStore(FileConfig config) {
        last = config.path();
    }

    /** Opens one. */
    public static FileStore open(FileConfig config) {
        return new FileStore(config);
    }

    /** Tells a failure by its code, and hands its words on unread. */
    public String tell(SQLException failure, Exception cause) {
        return failure.getErrorCode() == 5 ? "busy" : String.valueOf(cause.getMessage());
    }

    @Override
    public void change(String entry) {
        last = entry;
    }

    @Override
    public String read() {
        return last;
    }
}
