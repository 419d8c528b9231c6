# A PostgreSQL server for the tests that need a real one: in a temporary folder, on a free port of this machine,
# as a user who is not root. To be read by a script that calls stop_postgres when it ends.

pg_folder=''
pg_bin=''

# Runs a command as the user who may run the server, which root may not.
as_pg_user() {
  if [ "$(id -u)" -eq 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

without_postgres() {
  echo "*** No PostgreSQL server for the tests: $1. Those that need one are skipped. ***" >&2
}

find_postgres() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  if [ -x "$newest/initdb" ]; then
    pg_bin=$newest
  elif command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    pg_bin=$(dirname "$(command -v initdb)")
  else
    return 1
  fi
}

install_postgres() {
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo -n)
  command -v apt-get >/dev/null || return 1
  [ ${#root[@]} -eq 0 ] || "${root[@]}" true 2>/dev/null || return 1
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -q && apt-get install -q -y --no-install-recommends postgresql' >&2
}

# Sets TEST_DATABASE_URL where there is a server, or one can be installed and started; says so where not.
start_postgres() {
  if [ -n "${TEST_DATABASE_URL:-}" ]; then return 0; fi
  if ! find_postgres; then
    if ! install_postgres || ! find_postgres; then
      without_postgres 'it is not here and could not be installed'
      return 0
    fi
  fi
  if [ "$(id -u)" -eq 0 ] && ! { id postgres && command -v runuser; } >/dev/null 2>&1; then
    without_postgres 'there is no user "postgres" to run it as'
    return 0
  fi

  pg_folder=$(mktemp -d)
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$pg_folder"; fi
  if ! (cd "$pg_folder" && as_pg_user "$pg_bin/initdb" -D "$pg_folder/data" -U postgres --auth=trust \
    --encoding=UTF8 --locale=C.UTF-8 >"$pg_folder/initdb.log" 2>&1); then
    cat "$pg_folder/initdb.log" >&2
    without_postgres 'its folder could not be set up'
    return 0
  fi

  local port
  for _ in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 30000))
    # Nothing that is tested survives this machine, so nothing need wait for its disk.
    if (cd "$pg_folder" && as_pg_user "$pg_bin/pg_ctl" start -w -D "$pg_folder/data" -l "$pg_folder/data/log" -o \
      "-p $port -k $pg_folder -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off" >/dev/null 2>&1); then
      export TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
      return 0
    fi
  done
  without_postgres 'it did not start'
}

stop_postgres() {
  [ -n "$pg_folder" ] || return 0
  (cd "$pg_folder" && as_pg_user "$pg_bin/pg_ctl" stop -m immediate -D "$pg_folder/data") >/dev/null 2>&1 || true
  rm -rf "$pg_folder"
}
