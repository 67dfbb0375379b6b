package dev.rocket.bootstrap.wiring;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How each kind of secret in the settings is replaced.
 *
 * <p>What is told leaves the old one good for nothing; another value in a file alone may not.
 */
public final class SecretRemedy {

    private SecretRemedy() {}

    /** By the name that its age is told under; another name for what is no setting. */
    public static String of(String name) {
        return Setting.find(name)
                .map(setting -> of(setting, Optional.empty()))
                .orElse("rocket token rotate NAME");
    }

    /**
     * Of a setting.
     *
     * @param file that holds the value alone, when there is one
     */
    static String of(Setting setting, Optional<Path> file) {
        String key = setting.key();
        String there = file.map(Path::toString).orElse(key);
        return switch (setting) {
            case ADMIN_TOKEN ->
                    "rocket token rotate admin; then unset "
                            + key
                            + file.map(path -> " and delete " + path).orElse("")
                            + ", which counts at the first start alone";
            case DATABASE_URL, TARGET_URL, AGAINST_URL ->
                    file.isPresent()
                            ? "write the address with another password into "
                                    + there
                                    + ", then give it to the role: ALTER ROLE … PASSWORD"
                            : "give the role another password: ALTER ROLE … PASSWORD, set "
                                    + key
                                    + " to match and restart; by "
                                    + key
                                    + "_FILE no restart is needed";
            case OFFSITE_KEY ->
                    "openssl rand -base64 32, put that into "
                            + there
                            + " before the old one and a comma, and restart";
            case OFFSITE_SECRET_KEY ->
                    "make another access key where the bucket is, put it into "
                            + there
                            + " and ROCKET_OFFSITE_ACCESS_KEY, restart, then delete the old one"
                            + " there";
            default -> "set another " + key;
        };
    }
}
