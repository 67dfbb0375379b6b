package dev.rocket.bootstrap.wiring;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The names that begin like settings, told apart. */
final class Names {

    /** What a file that holds a setting's value is named by. */
    static final String FILE = "_FILE";

    /** What platforms call the database of a program; counts when it leads to Postgres. */
    static final String DATABASE_URL = "DATABASE_URL";

    /** Names of other parts of the program, and of its launcher. */
    private static final List<String> OTHERS =
            List.of("ROCKET_JAVA_OPTS", "ROCKET_TOKEN", "ROCKET_URL");

    /**
     * What Kubernetes sets in every pod beside a service that is called like this program.
     *
     * <p>Source: Kubernetes, Services, discovering services by environment variables.
     */
    private static final Pattern SERVICE =
            Pattern.compile(
                    "ROCKET_(\\w+_)?(SERVICE_(HOST|PORT)(_\\w+)?"
                            + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private Names() {}

    /** Whether a variable looks like a setting but is none, so that a typing error is likely. */
    static boolean isMistaken(String name, String value) {
        return name.toUpperCase(Locale.ROOT).startsWith("ROCKET_")
                && Setting.find(plain(name)).isEmpty()
                && !OTHERS.contains(name)
                && !isService(name, value);
    }

    /** The name without the ending that makes it name a file. */
    static String plain(String name) {
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }

    private static boolean isService(String name, String value) {
        return SERVICE.matcher(name).matches()
                || (name.endsWith("PORT") && ADDRESS.matcher(value).matches());
    }
}
