package dev.rocket.bootstrap.wiring;

import dev.rocket.http.HttpConfig;
import dev.rocket.sqlite.SqliteConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(s|m|h)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(B|KiB|MiB)?");
    private static final Pattern QUOTA = Pattern.compile("(\\d{1,9})/(\\w+)");

    /**
     * Understands settings.
     *
     * @throws ConfigException with every problem: a bad unit, a value out of range, an unsafe
     *     combination
     */
    public static Config of(Map<Setting, ConfigReader.Value> values) {
        return new Reading(values).config();
    }

    private static final class Reading {

        private final Map<Setting, ConfigReader.Value> values;
        private final List<String> problems = new ArrayList<>();

        Reading(Map<Setting, ConfigReader.Value> values) {
            this.values = values;
        }

        Config config() {
            String env = oneOf(Setting.ENV, "development", "staging", "production", "test");
            boolean production = env.equals("production");
            boolean auth = isOn(Setting.AUTH);
            boolean bench = isOn(Setting.BENCH);
            List<String> proxies = proxies();
            unsafe(production, auth, bench, proxies);
            int body = bytes(Setting.MAX_BODY, 1 << 10, 64 << 20);
            HttpConfig.Limits standard = HttpConfig.Limits.STANDARD;
            HttpConfig.Limits limits =
                    new HttpConfig.Limits(
                            body,
                            Math.max(body, standard.batchBytes()),
                            standard.headerBytes(),
                            number(Setting.MAX_CONNECTIONS, 1, 1_000_000),
                            standard.idle());
            int port = number(Setting.PORT, 0, 65_535);
            Optional<HttpConfig.RateLimit> quota = quota();
            SqliteConfig sqlite =
                    new SqliteConfig(
                            Path.of(text(Setting.DB_PATH)),
                            number(Setting.READERS, 1, 64),
                            number(Setting.QUEUE, 1, 1_000_000),
                            number(Setting.GROUP_MAX, 1, 4_096),
                            Math.max(256, bytes(Setting.CACHE, 256 << 10, 1 << 30) >> 10),
                            production);
            Duration drain = time(Setting.DRAIN_TIMEOUT, text(Setting.DRAIN_TIMEOUT));
            LogConfig log =
                    new LogConfig(
                            oneOf(Setting.LOG_FORMAT, "text", "json").equals("json"),
                            oneOf(Setting.LOG_LEVEL, "debug", "info", "warn", "error"));
            Optional<String> admin =
                    Optional.of(text(Setting.ADMIN_TOKEN)).filter(token -> !token.isEmpty());
            if (admin.isPresent() && admin.get().length() < 20) {
                problem(Setting.ADMIN_TOKEN, "must have 20 characters or more");
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(problems);
            }
            String host = text(Setting.HOST);
            HttpConfig http =
                    new HttpConfig(host, port, production, auth, quota, proxies, limits, bench);
            return new Config(env, sqlite, http, admin, drain, log);
        }

        private void unsafe(boolean production, boolean auth, boolean bench, List<String> proxies) {
            boolean loopback = isLoopback();
            if (!auth && (production || !loopback)) {
                problem(
                        Setting.AUTH,
                        "may be off on a loopback address outside production alone; set it to on");
            }
            if (bench && (production || !loopback)) {
                problem(
                        Setting.BENCH,
                        "may be on on a loopback address outside production alone; set it to off");
            }
            if (production && !loopback && proxies.isEmpty()) {
                problem(
                        Setting.HOST,
                        "is not a loopback address, so in production the proxy before it must be"
                                + " declared: set ROCKET_TRUSTED_PROXIES to its address");
            }
        }

        private boolean isLoopback() {
            try {
                return InetAddress.getByName(text(Setting.HOST)).isLoopbackAddress();
            } catch (UnknownHostException e) {
                problem(Setting.HOST, "is not an address of this machine");
                return true;
            }
        }

        private List<String> proxies() {
            return Arrays.stream(text(Setting.TRUSTED_PROXIES).split(",", -1))
                    .map(String::strip)
                    .filter(block -> !block.isEmpty())
                    .toList();
        }

        private Optional<HttpConfig.RateLimit> quota() {
            String text = text(Setting.RATE_LIMIT);
            if (text.equals("off")) {
                return Optional.empty();
            }
            Matcher quota = QUOTA.matcher(text);
            if (!quota.matches() || Integer.parseInt(quota.group(1)) < 1) {
                problem(Setting.RATE_LIMIT, "must look like 500/15m, or be off");
                return Optional.empty();
            }
            Duration window = time(Setting.RATE_LIMIT, quota.group(2));
            return Optional.of(new HttpConfig.RateLimit(Integer.parseInt(quota.group(1)), window));
        }

        private Duration time(Setting setting, String text) {
            Matcher time = TIME.matcher(text);
            if (!time.matches() || Integer.parseInt(time.group(1)) < 1) {
                problem(setting, "must hold a time like 20s, 15m or 1h");
                return Duration.ofSeconds(1);
            }
            long count = Long.parseLong(time.group(1));
            return switch (time.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
        }

        private int bytes(Setting setting, int least, int most) {
            Matcher bytes = BYTES.matcher(text(setting));
            long count = -1;
            if (bytes.matches()) {
                String unit = bytes.group(2) == null ? "B" : bytes.group(2);
                long scale = unit.equals("MiB") ? 1 << 20 : unit.equals("KiB") ? 1 << 10 : 1;
                count = Long.parseLong(bytes.group(1)) * scale;
            }
            if (count < least || count > most) {
                String range = (least >> 10) + "KiB to " + (most >> 20) + "MiB";
                problem(setting, "must be a size like 512KiB or 2MiB, from " + range);
                return least;
            }
            return (int) count;
        }

        private int number(Setting setting, int least, int most) {
            String text = text(setting);
            if (text.matches("\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            problem(setting, "must be a whole number from " + least + " to " + most);
            return least;
        }

        private boolean isOn(Setting setting) {
            return oneOf(setting, "on", "off").equals("on");
        }

        private String oneOf(Setting setting, String... allowed) {
            String text = text(setting);
            if (!List.of(allowed).contains(text)) {
                problem(setting, "must be one of " + String.join(", ", allowed));
                return allowed[0];
            }
            return text;
        }

        private String text(Setting setting) {
            return find(setting, ConfigReader.Value::text);
        }

        private String find(Setting setting, Function<ConfigReader.Value, String> part) {
            return Optional.ofNullable(values.get(setting)).map(part).orElse("");
        }

        private void problem(Setting setting, String what) {
            String value = setting.isSecret() ? "" : "'" + text(setting) + "' ";
            String source = find(setting, ConfigReader.Value::source);
            problems.add(setting.key() + " " + value + "(" + source + ") " + what + ".");
        }
    }
}
