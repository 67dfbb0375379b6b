/** The store on Postgres. */
@SuppressWarnings("requires-automatic") // the driver has a name for its module, and no descriptor
module dev.rocket.postgres {
    requires transitive dev.rocket.core;
    requires com.zaxxer.hikari;
    requires transitive java.sql;
    requires org.postgresql.jdbc;
    requires static org.jspecify;

    exports dev.rocket.postgres;
}
