package dev.rocket.bootstrap.wiring;

import dev.rocket.bootstrap.vault.OffsiteConfig;
import dev.rocket.bootstrap.vault.SealKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of the place off-site, understood. */
record OffsiteTexts(SettingTexts texts) {

    /** The place, if one is set; what is wrong with it is among the problems. */
    Optional<OffsiteConfig> offsite(boolean production) {
        List<SealKey> keys = keys();
        String text = texts.text(Setting.OFFSITE);
        if (text.isEmpty()) {
            unused(Setting.OFFSITE_KEY);
            unused(Setting.OFFSITE_ACCESS_KEY);
            unused(Setting.OFFSITE_SECRET_KEY);
            return Optional.empty();
        }
        try {
            OffsiteConfig.Place place = withLogin(OffsiteConfig.place(text));
            boolean plain = place instanceof OffsiteConfig.Bucket bucket && bucket.isPlain();
            if (production && plain && keys.isEmpty()) {
                texts.problem(
                        Setting.OFFSITE,
                        "sends copies that can be read on the way; use https, or set"
                                + " ROCKET_OFFSITE_KEY");
            }
            return Optional.of(new OffsiteConfig(place, keys));
        } catch (IllegalArgumentException e) {
            texts.problem(Setting.OFFSITE, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private OffsiteConfig.Place withLogin(OffsiteConfig.Place place) {
        String access = texts.text(Setting.OFFSITE_ACCESS_KEY);
        String secret = texts.text(Setting.OFFSITE_SECRET_KEY);
        if (access.isEmpty() != secret.isEmpty()) {
            Setting missing =
                    access.isEmpty() ? Setting.OFFSITE_ACCESS_KEY : Setting.OFFSITE_SECRET_KEY;
            texts.problem(missing, "must be set, since the other half of the login is");
        }
        return place instanceof OffsiteConfig.Bucket bucket && !access.isEmpty()
                ? bucket.as(access, secret)
                : place;
    }

    private List<SealKey> keys() {
        List<SealKey> keys = new ArrayList<>();
        String text = texts.text(Setting.OFFSITE_KEY);
        for (String key : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            try {
                keys.add(OffsiteConfig.key(key.strip()));
            } catch (IllegalArgumentException e) {
                texts.problem(Setting.OFFSITE_KEY, String.valueOf(e.getMessage()));
            }
        }
        return keys;
    }

    private void unused(Setting setting) {
        if (!texts.text(setting).isEmpty()) {
            texts.problem(setting, "is for copies off-site; set ROCKET_OFFSITE as well");
        }
    }
}
