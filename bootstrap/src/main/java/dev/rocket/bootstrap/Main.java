package dev.rocket.bootstrap;

import dev.rocket.bootstrap.command.Rocket;
import dev.rocket.bootstrap.command.Serve;

/** The program. */
public final class Main {

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code: 0 done, 1 failed, 2 used or
     * configured wrongly, 3 done with losses that were reported.
     */
    public static void main(String[] args) {
        // A plain start needs no command line library, which would cost a tenth of a second.
        boolean plain = args.length == 1 && args[0].equals("serve");
        System.exit(plain ? Serve.plain() : Rocket.run(args));
    }
}
