# As images of databases do: make the data if there is none, then be the server.
set -eu
initdb --auth=trust --no-sync /data >/dev/null
exec postgres -D /data -p "$PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=32MB
