package dev.rocket.bootstrap.vault;

import java.net.URI;
import java.nio.file.Path;

/** A process that puts one file into a bucket, to be killed meanwhile. */
final class PutOne {

    private PutOne() {}

    /** Puts: the store's address, the bucket and the file are told. */
    public static void main(String[] words) {
        S3Vault vault = new S3Vault(Moto.named(words[1], URI.create(words[0])));
        vault.put("item", Path.of(words[2]), sent -> {});
    }
}
