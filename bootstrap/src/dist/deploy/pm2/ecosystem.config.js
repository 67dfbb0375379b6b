// Rocket under PM2: pm2 start ecosystem.config.js && pm2 save
// PM2 holds no socket, so clients are refused for the moment that a restart takes; under systemd
// they are not. PM2 keeps what is printed in ~/.pm2/logs for ever, unless told otherwise:
//   pm2 install pm2-logrotate && pm2 set pm2-logrotate:compress true
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
