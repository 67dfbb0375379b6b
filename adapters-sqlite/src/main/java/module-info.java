/** The store on one SQLite file. */
module dev.rocket.sqlite {
    requires transitive dev.rocket.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    exports dev.rocket.sqlite;
}
