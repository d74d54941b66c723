# As images of databases do: make the data, here in memory, then be the server, as a user of its own.
set -eu
mariadb-install-db --user=mysql --force --skip-test-db --auth-root-authentication-method=normal >/dev/null
exec mariadbd --user=mysql --bind-address=127.0.0.1 --port="$PORT" --innodb-buffer-pool-size=32M
