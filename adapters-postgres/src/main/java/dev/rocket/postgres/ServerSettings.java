package dev.rocket.postgres;

import dev.rocket.core.port.Probe.Remark;
import java.util.ArrayList;
import java.util.List;

/** How the database's server is set, and what of it endangers what a store promises. */
final class ServerSettings {

    /** Connections beside the pools: the listener, the one that follows the feed, an opening. */
    private static final int BESIDE = 3;

    /** How far two clocks may differ, in seconds. */
    private static final long LEEWAY_SECONDS = 5;

    private static final String CLIENT = "client backend";

    private final Statements sql;
    private final List<Remark> remarks = new ArrayList<>();

    ServerSettings(Statements sql) {
        this.sql = sql;
    }

    /**
     * What there is to say of them.
     *
     * @param pools connections that this program may take
     * @param nowSeconds by this machine's clock
     */
    List<Remark> remarks(int pools, long nowSeconds) {
        remarks.add(Remark.note("Postgres " + show("server_version")));
        durable("synchronous_commit", "commits that were answered may be lost in a crash");
        durable("fsync", "a crash of the machine may destroy the database");
        durable("full_page_writes", "a crash of the machine may tear pages");
        connections(pools);
        clock(nowSeconds);
        return List.copyOf(remarks);
    }

    private String show(String name) {
        return sql.first(row -> row.getString(1), "SELECT current_setting(?)", name).orElse("");
    }

    private void durable(String name, String what) {
        String value = show(name);
        remarks.add(
                value.equals("off")
                        ? new Remark(
                                Remark.Weight.DANGER,
                                name + " is off: " + what,
                                "ALTER SYSTEM SET " + name + " = on; SELECT pg_reload_conf();")
                        : Remark.note(name + " " + value));
    }

    private void connections(int pools) {
        long all = sql.number("SELECT current_setting('max_connections')::bigint");
        long kept = sql.number("SELECT current_setting('superuser_reserved_connections')::bigint");
        long used =
                sql.number("SELECT count(*) FROM pg_stat_activity WHERE backend_type = ?", CLIENT);
        int wanted = pools + BESIDE;
        String use = used + " of " + (all - kept) + " connections are in use, ";
        String what = use + "a server of these settings takes " + wanted;
        remarks.add(
                wanted <= all - kept
                        ? Remark.note(what)
                        : new Remark(
                                Remark.Weight.CONCERN,
                                what,
                                "set ROCKET_POOL lower, or raise max_connections and restart"));
    }

    private void clock(long nowSeconds) {
        long there = sql.number("SELECT extract(epoch FROM clock_timestamp())::bigint");
        long apart = there - nowSeconds;
        if (Math.abs(apart) > LEEWAY_SECONDS) {
            String what = "the database's clock differs by " + apart + " s";
            remarks.add(new Remark(Remark.Weight.CONCERN, what, "timedatectl status"));
        }
    }
}
