// Rocket under PM2: pm2 start ecosystem.config.js && pm2 save
// PM2 holds no socket, so clients are refused for the moment that a restart takes; under systemd
// they are not.
const path = require("path");

module.exports = {
  apps: [
    {
      name: "rocket",
      script: path.resolve(__dirname, "../../bin/rocket"),
      args: "serve",
      interpreter: "none",
      // Where rocket.db and .env are: the folder in which PM2 is told to start.
      cwd: process.cwd(),
      env: { ROCKET_ENV: "production" },
      // Longer than the stop that ROCKET_DRAIN_TIMEOUT allows (20 s).
      kill_timeout: 45000,
      exp_backoff_restart_delay: 100,
    },
  ],
};
