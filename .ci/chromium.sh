# A browser for the tests that walk through the pages. To be read by a script; sets CI_NEEDS_CHROMIUM, with which
# those tests fail where there is none, and are never skipped.

install_chromium() {
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo -n)
  command -v apt-get >/dev/null || return 1
  [ ${#root[@]} -eq 0 ] || "${root[@]}" true 2>/dev/null || return 1
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update -q && apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core' >&2
}

need_chromium() {
  export CI_NEEDS_CHROMIUM=1
  if [ -n "${CHROMIUM_PATH:-}" ] || [ -x /usr/bin/chromium ]; then return 0; fi
  install_chromium ||
    echo '*** No Chromium for the tests, and it could not be installed: those that need it will fail. ***' >&2
}
