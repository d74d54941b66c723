# As images of databases do: make the data, here in memory, then be the server.
set -eu
initdb --auth=trust --no-sync /data/main >/dev/null
exec postgres -D /data/main -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=32MB
