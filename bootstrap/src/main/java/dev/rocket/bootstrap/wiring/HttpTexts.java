package dev.rocket.bootstrap.wiring;

import dev.rocket.http.HttpConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of the HTTP side, understood and found safe together. */
record HttpTexts(SettingTexts texts) {

    private static final Pattern QUOTA = Pattern.compile("(\\d{1,9})/(\\w+)");
    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);

    /** What they say; a problem is told to the texts. */
    HttpConfig http(boolean production) {
        boolean auth = texts.isOn(Setting.AUTH);
        boolean bench = !texts.oneOf(Setting.BENCH, "off", "on", "plain").equals("off");
        List<String> proxies = proxies(production);
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
        HttpConfig config =
                new HttpConfig(
                        texts.text(Setting.HOST),
                        texts.number(Setting.PORT, 0, 65_535),
                        production,
                        // An unsafe combination is among the problems by now.
                        auth || production,
                        quota(),
                        proxies,
                        limits,
                        bench,
                        Optional.empty());
        return source().map(config::withSource).orElse(config);
    }

    /** Where the page's files are when somebody asked for development, and not only by default. */
    private Optional<Path> source() {
        boolean asked =
                texts.text(Setting.ENV).equals("development")
                        && !texts.source(Setting.ENV).equals("default");
        return asked ? SourceTree.ofProcess().pages() : Optional.empty();
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

    private List<String> proxies(boolean production) {
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
            } else if (production && block.endsWith("/0")) {
                texts.problem(
                        Setting.TRUSTED_PROXIES,
                        "believes everybody, so that anybody can choose an address; in"
                                + " production name the proxies alone");
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
