/** Rocket's hexagon: tasks, the feed and the ports, on the JDK alone. */
module dev.rocket.core {
    requires static org.jspecify;

    exports dev.rocket.core.model;
    exports dev.rocket.core.port;
    exports dev.rocket.core.usecase;
    exports dev.rocket.core.operation;
}
