#!/usr/bin/env bash
# Runs the steps of the Containerfile in a clean Debian, and the portal in it as it is run there:
# not as root, with a file system that cannot be written but for /data and /tmp. As root; needs
# mmdebstrap and, outside, the packages of requirements.txt from wherever pip takes them here.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
work="$(mktemp -d "${TMPDIR:-/tmp}/itu-prove-XXXXXX")"
root="$work/root"
port="${PORT:-8765}"
token="a-token-for-this-proof-alone"
trap 'rm -rf --one-file-system "$work"' EXIT
step() { printf '\n== %s\n' "$*"; }

step "A clean Debian"
mmdebstrap --quiet --variant=apt --include=python3,python3-venv,tzdata bookworm "$root"

step "Packages, with the digests of requirements.txt"
# Outside, since a clean root does not know the settings of pip here. Debian 12 has Python 3.11.
"${PYTHON:-$here/.venv/bin/python}" -m pip download --quiet --quiet --require-hashes --only-binary :all: \
    --python-version 3.11 --no-deps --requirement "$here/requirements.txt" --dest "$root/wheels"

step "The steps of the Containerfile"
chroot "$root" useradd --uid 10001 --no-create-home --home-dir /srv/itu-portal --shell /usr/sbin/nologin itu
install -d -o 10001 -g 10001 -m 0750 "$root/data"
mkdir -p "$root/srv/itu-portal"
git -C "$here" archive HEAD | tar -x -C "$root/srv/itu-portal"
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$root" /srv/itu-portal/deploy/install.sh --no-index --find-links /wheels

step "The portal, on a read-only file system"
cat > "$work/inside.sh" <<INSIDE
set -eu
mount --bind "$root" "$root"
mount --bind "$root/data" "$root/data"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
# A line and no function: the portal in the background is then a child that can be told to stop.
as_itu="env -i PATH=/usr/bin:/bin HOME=/tmp LOG_FORMAT=json PYTHONDONTWRITEBYTECODE=1 \
    SECRET_KEY=of-a-portal-that-lives-for-a-minute-and-signs-nothing-of-worth-at-all \
    DATABASE_URL=sqlite:////data/portal.sqlite3 METRICS_TOKEN=$token BIND=127.0.0.1:$port \
    BASE_URL=https://itu.example TRUSTED_PROXIES=1 \
    $(command -v chroot) --userspec=10001:10001 --groups= $root"
\$as_itu sh -c '! touch /srv/itu-portal/var/x 2>/dev/null && ! touch /etc/x 2>/dev/null && touch /data/x /tmp/x'
echo "only /data and /tmp can be written"
\$as_itu /srv/itu-portal/deploy/setup.sh > "$work/setup"
tail -1 "$work/setup"
\$as_itu /srv/itu-portal/deploy/start.sh 2> "$work/log" &
server=\$!
trap 'kill \$server 2>/dev/null || true; wait \$server 2>/dev/null || true' EXIT
\$as_itu python3 - "$port" "$token" < "$here/deploy/ask.py"
\$as_itu sh -c 'cd /srv/itu-portal && .venv/bin/python manage.py backup /data/b && .venv/bin/python manage.py restore /data/b --yes'
kill \$server
wait \$server && echo "stopped with status 0"
trap - EXIT
INSIDE
if ! unshare --mount --propagation private sh "$work/inside.sh"; then
    tail -20 "$work/log" >&2
    exit 1
fi
step "Lines of the log"
tail -3 "$work/log"
step "Proved"
