package dev.rocket.bootstrap.wiring;

import dev.rocket.core.usecase.Authenticate;
import dev.rocket.core.usecase.ManageTokens;
import dev.rocket.http.HttpConfig;
import dev.rocket.sqlite.SqliteConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings, understood and found safe.
 *
 * @param env development, staging or production
 * @param sqlite of the store
 * @param http of the server
 * @param adminToken the first admin token, when one is set
 * @param drain how long a graceful stop may take
 * @param log how and what to log
 */
public record Config(
        String env,
        SqliteConfig sqlite,
        HttpConfig http,
        Optional<String> adminToken,
        Duration drain,
        LogConfig log) {

    /** The file that holds the store. */
    public Path database() {
        return sqlite.path();
    }

    /** The address to listen on. */
    public String host() {
        return http.host();
    }

    /** Whether requests must prove who asks. */
    public boolean asksForTokens() {
        return http.auth();
    }

    /**
     * How and what to log.
     *
     * @param json one JSON object a line instead of text
     * @param level debug, info, warn or error
     */
    public record LogConfig(boolean json, String level) {}

    private static final Pattern QUOTA = Pattern.compile("(\\d{1,9})/(\\w+)");
    private static final Pattern SECRET =
            Pattern.compile(
                    "[!-~]{" + ManageTokens.MIN_SECRET + "," + Authenticate.MAX_SECRET + "}");
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);

    /**
     * Understands settings.
     *
     * @throws ConfigException with every problem: what the reader found, a bad unit, a value out of
     *     range, an unsafe combination
     */
    public static Config of(ConfigReader.Found found) {
        return new Reading(new SettingTexts(found)).config();
    }

    private record Reading(SettingTexts texts) {

        Config config() {
            String env = texts.oneOf(Setting.ENV, "development", "test", "staging", "production");
            boolean production = env.equals("production");
            HttpConfig http = http(production);
            SqliteConfig sqlite = sqlite(production);
            Duration drain =
                    texts.time(
                            Setting.DRAIN_TIMEOUT,
                            texts.text(Setting.DRAIN_TIMEOUT),
                            LONGEST_DRAIN);
            LogConfig log =
                    new LogConfig(
                            texts.oneOf(Setting.LOG_FORMAT, "text", "json").equals("json"),
                            texts.oneOf(Setting.LOG_LEVEL, "debug", "info", "warn", "error"));
            Optional<String> admin = admin();
            if (!texts.problems().isEmpty()) {
                throw new ConfigException(texts.problems());
            }
            return new Config(env, sqlite, http, admin, drain, log);
        }

        private HttpConfig http(boolean production) {
            boolean auth = texts.isOn(Setting.AUTH);
            boolean bench = texts.isOn(Setting.BENCH);
            List<String> proxies = proxies();
            unsafe(production, auth, bench, proxies);
            int body = texts.bytes(Setting.MAX_BODY, 1 << 10, 64 << 20);
            HttpConfig.Limits standard = HttpConfig.Limits.STANDARD;
            HttpConfig.Limits limits =
                    new HttpConfig.Limits(
                            body,
                            Math.max(body, standard.batchBytes()),
                            standard.headerBytes(),
                            texts.number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
                            standard.idle());
            return new HttpConfig(
                    texts.text(Setting.HOST),
                    texts.number(Setting.PORT, 0, 65_535),
                    production,
                    // An unsafe combination is among the problems by now.
                    auth || production,
                    quota(),
                    proxies,
                    limits,
                    bench);
        }

        private SqliteConfig sqlite(boolean production) {
            return new SqliteConfig(
                    file(),
                    texts.number(Setting.READERS, 1, 64),
                    texts.number(Setting.QUEUE, 1, 1_000_000),
                    texts.number(Setting.GROUP_MAX, 1, 4_096),
                    texts.bytes(Setting.CACHE, 256 << 10, 1 << 30) >> 10,
                    production);
        }

        private Path file() {
            try {
                return Path.of(texts.some(Setting.DB_PATH, "the path of a file"));
            } catch (InvalidPathException e) {
                texts.problem(Setting.DB_PATH, "must be the path of a file");
                return Path.of("");
            }
        }

        private Optional<String> admin() {
            Optional<String> admin =
                    Optional.of(texts.text(Setting.ADMIN_TOKEN)).filter(token -> !token.isEmpty());
            if (admin.isPresent() && !SECRET.matcher(admin.get()).matches()) {
                texts.problem(
                        Setting.ADMIN_TOKEN,
                        "must have "
                                + ManageTokens.MIN_SECRET
                                + " to "
                                + Authenticate.MAX_SECRET
                                + " characters, letters, digits and signs of ASCII without blanks");
            }
            return admin;
        }

        private void unsafe(boolean production, boolean auth, boolean bench, List<String> proxies) {
            boolean loopback = isLoopback();
            if (!auth && (production || !loopback)) {
                texts.problem(
                        Setting.AUTH,
                        "may be off on a loopback address outside production alone; set it to on");
            }
            if (bench && (production || !loopback)) {
                texts.problem(
                        Setting.BENCH,
                        "may be on on a loopback address outside production alone; set it to off");
            }
            if (production && !loopback && proxies.isEmpty()) {
                texts.problem(
                        Setting.HOST,
                        "is not a loopback address, so in production the proxy before it must be"
                                + " declared: set ROCKET_TRUSTED_PROXIES to its address");
            }
        }

        private boolean isLoopback() {
            try {
                String host = texts.some(Setting.HOST, "an address of this machine");
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                texts.problem(Setting.HOST, "is not an address of this machine");
                return true;
            }
        }

        private List<String> proxies() {
            String text = texts.text(Setting.TRUSTED_PROXIES);
            if (text.isEmpty()) {
                return List.of();
            }
            List<String> blocks =
                    Arrays.stream(text.split(",", -1)).map(String::strip).distinct().toList();
            for (String block : blocks) {
                if (!HttpConfig.isBlock(block)) {
                    texts.problem(
                            Setting.TRUSTED_PROXIES,
                            "must hold addresses or blocks such as 10.0.0.0/8, separated by"
                                    + " commas; '"
                                    + block
                                    + "' is none");
                }
            }
            return blocks;
        }

        private Optional<HttpConfig.RateLimit> quota() {
            String text = texts.text(Setting.RATE_LIMIT);
            if (text.equals("off")) {
                return Optional.empty();
            }
            Matcher quota = QUOTA.matcher(text);
            if (!quota.matches() || Integer.parseInt(quota.group(1)) < 1) {
                texts.problem(Setting.RATE_LIMIT, "must look like 500/15m, or be off");
                return Optional.empty();
            }
            Duration window = texts.time(Setting.RATE_LIMIT, quota.group(2), LONGEST_WINDOW);
            return Optional.of(new HttpConfig.RateLimit(Integer.parseInt(quota.group(1)), window));
        }
    }
}
