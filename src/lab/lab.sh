# Shared by the scripts of this folder: what they say, and Debian's packages without installing any.
# shellcheck shell=bash

# What the guest has.
# shellcheck disable=SC2034 # for those who source this
readonly guest_packages=(
	numactl strace crun runc bash dash python3 busybox-static libseccomp2 libgcc-s1
	coreutils diffutils findutils grep mawk sed procps util-linux mount libcap2-bin uidmap
)

say() {
	printf '%s: [%s s] %s\n' "${0##*/}" "$SECONDS" "$*" >&2
}

# The machine cannot do it: status 4, as profgen's own.
cannot() {
	say "$*"
	exit 4
}

usage() {
	sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$0" >&2
	exit 2
}

# The Debian mirror of this machine's apt.
mirror() {
	local uri
	uri=$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/debian.sources 2>/dev/null | head -n 1)
	[ -n "$uri" ] || uri=$(sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' /etc/apt/sources.list 2>/dev/null | head -n 1)
	[ -n "$uri" ] || cannot "no Debian mirror in the machine's apt sources"
	printf '%s\n' "$uri"
}

# apt_folder FOLDER ARCHITECTURE SUITE: a private apt, to which no package is installed.
# forky and sid move: on a mirror that is held back, their Release files may be past Valid-Until.
apt_folder() {
	local uri
	uri=$(mirror) || return
	mkdir -p "$1/lists/partial" "$1/archives/partial" "$1/parts"
	: >"$1/status"
	printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$uri" "$3" >"$1/sources.list"
	cat >"$1/apt.conf" <<-CONF
		APT::Architecture "$2";
		APT::Architectures { "$2"; };
		APT::Install-Recommends "false";
		APT::Keep-Downloaded-Packages "true";
		APT::Sandbox::User "root";
		Acquire::Check-Valid-Until "false";
		Acquire::Languages "none";
		Acquire::Retries "3";
		Acquire::http::Timeout "30";
		Debug::NoLocking "true";
		Dir::Cache "$1";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "$1/parts";
		Dir::Etc::sourcelist "$1/sources.list";
		Dir::Etc::sourceparts "$1/parts";
		Dir::State::lists "$1/lists";
		Dir::State::status "$1/status";
	CONF
	private_apt "$1" apt-get -q update
}

# private_apt FOLDER TOOL ARGUMENT...: what it says is in FOLDER/log; its last lines are shown if it fails.
private_apt() {
	local folder=$1
	shift
	APT_CONFIG=$folder/apt.conf setpriv --pdeathsig TERM timeout -s KILL 300 "$@" >"$folder/log" 2>&1 </dev/null && return
	tail -n 3 "$folder/log" >&2
	say "$*: failed"
	return 1
}

# unpack_packages APT-FOLDER ROOT: everything that was downloaded, unpacked and not configured, /bin and /lib being links into /usr.
unpack_packages() {
	local name package
	for name in bin lib lib64 sbin; do
		mkdir -p "$2/usr/$name"
		ln -sfn "usr/$name" "$2/$name"
	done
	for package in "$1"/archives/*.deb; do
		dpkg-deb --fsys-tarfile "$package" | tar -C "$2" -x --keep-directory-symlink || return
	done
}

# versions APT-FOLDER PACKAGE...: "NAME VERSION, NAME VERSION"
versions() {
	local folder=$1 package text=
	shift
	for package in "$@"; do
		set -- "$folder/archives/${package}"_*.deb
		text+="${text:+, }$package $(dpkg-deb -f "$1" Version)"
	done
	printf '%s\n' "$text"
}

# furnish ROOT: what the packages' scripts, which nobody ran, would have made.
furnish() {
	local link
	mkdir -p "$1"/{etc,proc,sys,dev,run,root,job,out}
	mkdir -p -m 1777 "$1"/{tmp,var/tmp}
	printf 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n' >"$1/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$1/etc/group"
	: >"$1/etc/subuid"
	: >"$1/etc/subgid"
	for link in awk:mawk sh:dash; do
		[ -e "$1/usr/bin/${link%:*}" ] || ln -s "${link#*:}" "$1/usr/bin/${link%:*}"
	done
}
