package dev.rocket.architecture.planted.core;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Draws lots by itself. */
public final class Gambler {

    private final Random seeded = new Random(7);
    private final RandomGenerator strong = new SecureRandom();

    /** By four roads. */
    public double draw() {
        return Math.random()
                + seeded.nextDouble()
                + strong.nextDouble()
                + ThreadLocalRandom.current().nextDouble();
    }

    /** An id out of nothing. */
    public UUID id() {
        return UUID.randomUUID();
    }

    /** Whatever the machine offers. */
    public RandomGenerator any() {
        return RandomGenerator.getDefault();
    }

    /** In an order of its own. */
    public void shuffle(List<String> words) {
        Collections.shuffle(words);
    }
}
