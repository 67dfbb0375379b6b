package dev.rocket.bootstrap.vault;

import dev.rocket.core.port.VaultException;
import dev.rocket.core.port.VaultException.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the failures of a bucket's store mean, told by code. */
final class S3Failures {

    private static final Set<String> LOGIN =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken");
    private static final Set<String> NO_SPACE =
            Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity");

    /** Parts were damaged on the way, or somebody else worked on the same upload. */
    private static final Set<String> OF_UPLOAD =
            Set.of("BadDigest", "InvalidPart", "IncompleteBody", "RequestTimeout", "NoSuchUpload");

    private static final int MOVED = 301;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_SIDE = 500;
    private static final int INSUFFICIENT_STORAGE = 507;

    private final String place;

    /** Tells of that place. */
    S3Failures(OffsiteConfig.Bucket bucket) {
        this.place = bucket.toString();
    }

    /** Runs calls to the store; their failure is told as ours, but for a key that is not there. */
    <T> T told(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (NoSuchKeyException e) {
            throw e;
        } catch (S3Exception e) {
            throw of(e);
        } catch (SdkClientException e) {
            throw away(e);
        }
    }

    /** The same for calls that answer nothing. */
    void telling(Runnable calls) {
        told(
                () -> {
                    calls.run();
                    return true;
                });
    }

    /** The store could not be reached, or broke off. */
    VaultException away(Exception e) {
        return new VaultException(
                Kind.UNAVAILABLE,
                place + " cannot be reached or does not answer: " + deepest(e) + ".",
                e);
    }

    /** Nothing that may log in is known. */
    VaultException unknown(SdkException e) {
        return new VaultException(
                Kind.REFUSED,
                place
                        + ": no login is known; set ROCKET_OFFSITE_ACCESS_KEY and"
                        + " ROCKET_OFFSITE_SECRET_KEY, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY.",
                e);
    }

    /** There is no such item. */
    VaultException missing(String name, Exception e) {
        return new VaultException(Kind.MISSING, "There is no " + name + " in " + place + ".", e);
    }

    private VaultException of(S3Exception e) {
        String code =
                Optional.ofNullable(e.awsErrorDetails())
                        .map(AwsErrorDetails::errorCode)
                        .orElse("no code");
        int status = e.statusCode();
        if (code.equals("NoSuchBucket")) {
            return told(Kind.MISSING, "there is no such bucket; make it, or name another", e);
        }
        if (OF_UPLOAD.contains(code)) {
            return told(Kind.UNAVAILABLE, "the upload broke (" + code + ")", e);
        }
        if (status == NOT_FOUND) {
            return told(Kind.MISSING, "there is no such thing (" + code + ")", e);
        }
        if (LOGIN.contains(code) || status == UNAUTHORIZED) {
            return told(Kind.REFUSED, "the login is not accepted (" + code + ")", e);
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return told(Kind.REFUSED, "this machine's clock is wrong; set it", e);
        }
        if (status == FORBIDDEN) {
            return told(Kind.REFUSED, "this login may not do that (" + code + ")", e);
        }
        if (code.equals("AuthorizationHeaderMalformed") || status == MOVED) {
            return told(Kind.REFUSED, "the bucket is in another region; set region=", e);
        }
        if (NO_SPACE.contains(code) || status == INSUFFICIENT_STORAGE) {
            return told(Kind.FULL, "no space is left there (" + code + ")", e);
        }
        boolean passing = status >= SERVER_SIDE || status == TOO_MANY || status == CONFLICT;
        Kind kind = passing ? Kind.UNAVAILABLE : Kind.REFUSED;
        return told(kind, "it answers " + status + " (" + code + ")", e);
    }

    private VaultException told(Kind kind, String what, S3Exception e) {
        return new VaultException(kind, place + ": " + what + ".", e);
    }

    private static String deepest(Throwable e) {
        Throwable at = e;
        for (Throwable cause = at.getCause(); cause != null; cause = at.getCause()) {
            at = cause;
        }
        return at.getClass().getSimpleName() + " " + at.getMessage();
    }
}
