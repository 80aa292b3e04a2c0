# Makes a newcomer: an ordinary user with an empty home, a bare toolchain, and the course in a folder with a blank and an
# umlaut in its name. Sourced, as root, by the scripts beside it; the caller has set `checkout` and `with_rustup` (yes or no).
# Leaves `home`, `course`, and the function `as_newcomer`; the user goes when the caller ends.
# shellcheck shell=bash

[ "$(id -u)" = 0 ] || { echo "only root can make a newcomer: run this as root" >&2; exit 1; }
: "${checkout:?}" "${with_rustup:?}"

newcomer=newcomer$$
home=/home/$newcomer
course="$home/my Übungen"
useradd --create-home "$newcomer"

remove_newcomer() {
  local pid
  # A process of theirs that still runs would keep the user. In a namespace the same number may be somebody else.
  for pid in $(pgrep -u "$newcomer" --ns $$ --nslist pid); do kill -KILL "$pid" 2>/dev/null; done
  userdel --remove "$newcomer" >/dev/null 2>&1
}
trap remove_newcomer EXIT

# A tree, without its bytes where the file system can do that.
copy_tree() {
  cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -a "$1" "$2"; }
}

sysroot=$(rustc --print sysroot)
toolchain=$home/.rustup/toolchains/$(basename "$sysroot")
path=/usr/local/bin:/usr/bin:/bin
if [ "$with_rustup" = yes ]; then
  mkdir -p "$home/.rustup/toolchains" "$home/.cargo/bin"
  path=$home/.cargo/bin:$path
else
  toolchain=$home/rust
  path=$toolchain/bin:$path
fi
copy_tree "$sysroot" "$toolchain"
# What a person gets who asks for no more than a compiler: no sources of the standard library. The lists are written
# again, never into the machine's own files, of which these may be links.
rm -rf "$toolchain/lib/rustlib/src"
rm -f "$toolchain"/lib/rustlib/manifest-rust-src*
components=$toolchain/lib/rustlib/components
if [ -f "$components" ]; then
  grep -v rust-src "$components" >"$components.new"
  mv -f "$components.new" "$components"
fi
if [ "$with_rustup" = yes ]; then
  cp -a "${CARGO_HOME:-$HOME/.cargo}/bin/." "$home/.cargo/bin/"
  cp "${RUSTUP_HOME:-$HOME/.rustup}/settings.toml" "$home/.rustup/"
fi
git -c safe.directory="*" clone --quiet "$checkout" "$course"
# Links to the machine's own files keep their owner, who is asked for nothing but to be read.
chown "$newcomer" "$home"
[ ! -d "$home/.rustup" ] || find "$home/.rustup" -type d -exec chown "$newcomer" {} +
[ ! -f "$home/.rustup/settings.toml" ] || chown "$newcomer" "$home/.rustup/settings.toml"
[ ! -d "$home/.cargo" ] || chown -R "$newcomer" "$home/.cargo"
find "$toolchain" -type d -exec chown "$newcomer" {} +
chown -R "$newcomer" "$course"

# Runs a line of shell as the newcomer, in the course's folder, with nothing of this environment but what leads to the
# network. Without bubblewrap where the variable `without_bubblewrap` is set; with another folder for caches where `cache_home` is.
as_newcomer() {
  local name line
  line="export HOME='$home' PATH='$path' LANG=C.UTF-8 TERM=xterm"
  [ -z "${cache_home:-}" ] || line+=" XDG_CACHE_HOME='$cache_home'"
  for name in SSL_CERT_FILE PIP_CERT PIP_INDEX_URL PIP_FIND_LINKS http_proxy https_proxy no_proxy; do
    [ -z "${!name:-}" ] || line+=" $name='${!name}'"
  done
  line+="; cd '$course' && $1"
  if [ -n "${without_bubblewrap:-}" ] && [ -e /usr/bin/bwrap ]; then
    unshare --mount bash -c "mount --bind /dev/null /usr/bin/bwrap && exec \"\$@\"" _ env -i su "$newcomer" -s /bin/bash -c "$line"
  else
    env -i su "$newcomer" -s /bin/bash -c "$line"
  fi
}

# Names what stands in the home beside the course and the folders of Cargo and rustup.
left_in_home() {
  find "$home" -mindepth 1 -maxdepth 1 ! -name '.cargo' ! -name '.rustup' ! -name '.bash*' ! -name '.profile' \
    ! -name 'my Übungen' ! -name rust -printf '%f '
}
