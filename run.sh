#!/usr/bin/env bash
# Runs cesync. `./run.sh help` says what it can do. From the environment:
#   JAVA_HOME    the JDK or JRE to use (17 or later); else the java in PATH
#   CESYNC_HEAP  the most memory that the heap may take (256m)
#   JAVA_OPTS    more options for the JVM; they win over those here
set -euo pipefail

fail() {
  echo "cesync: $*" >&2
  exit 1
}

home_directory() {
  local path=${BASH_SOURCE[0]} link
  while [[ -L $path ]]; do
    link=$(readlink "$path")
    [[ $link == /* ]] || link=$(dirname "$path")/$link
    path=$link
  done
  cd "$(dirname "$path")" && pwd -P
}

find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
    [[ -x $java ]] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it. Set it to a JDK or JRE, 17 or later."
  else
    java=$(command -v java) || fail "there is no java. Install a JDK or JRE, 17 or later, or set JAVA_HOME to one."
  fi
  local version major
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  major=${version%%[!0-9]*}
  [[ ${major:-0} -ge 17 ]] ||
    fail "$java is version ${version:-unknown}, but 17 or later is needed. Set JAVA_HOME to such a one."
}

# Prints the first of the given files and folders under $home that is newer than $1, or nothing.
newer_than() {
  local reference=$1
  shift
  find "$@" \( -name '*.java' -o -name '*.xml' -o -path '*/resources/*' -type f \) -newer "$reference" -print -quit
}

# build JAR MODULE…: packages the modules if the jar is missing or a source is newer.
build() {
  local jar=$1 stamp
  shift
  # Maven leaves a jar alone that would come out the same: the time of the last build is kept beside it.
  stamp=$(dirname "$jar")/.built
  local sources=("$home/pom.xml") module
  for module in "$@"; do
    sources+=("$home/$module/pom.xml" "$home/$module/src/main")
  done
  if [[ -f $jar && -d $(dirname "$jar")/lib ]]; then
    local last=$jar
    [[ ! $stamp -nt $jar ]] || last=$stamp
    [[ -n $(newer_than "$last" "${sources[@]}") ]] || return 0
  fi
  command -v mvn >/dev/null || fail "$jar has to be built, but there is no mvn. Install Maven 3.8 or later."
  echo "cesync: building ..." >&2
  local started
  started=$(mktemp)
  (
    cd "$home"
    # Libraries of an earlier version would stay on the class path.
    libraries=$(dirname "$jar")/lib
    rm -rf "$libraries"
    modules=$(IFS=,; echo "$*")
    # Without the tests: this is for running; mvn verify is for testing.
    mvn -B -ntp -q -Dstyle.color=never -DskipTests -Dspotless.check.skip=true package -pl "$modules" -am >&2
  ) || { rm -f "$started"; fail "the build failed; see above."; }
  mv "$started" "$stamp"
}

# archive_classes FILE CLASSPATH: what the JVM loads at a start, made ready to be mapped (class data sharing): saves a
# quarter of the start's processor time. Collected from a start that finds no server. Can be done without, so that no
# failure here is one.
archive_classes() {
  local file=$1 work
  work=$(mktemp -d)
  cat >"$work/settings.yaml" <<EOF
cassandra: {contact_points: ["127.0.0.1:1"], local_datacenter: none}
elasticsearch: {hosts: ["http://127.0.0.1:1"]}
tables: [{table: none.none}]
EOF
  "$java" -Xmx256m "${collector[@]}" -XX:TieredStopAtLevel=1 "-XX:ArchiveClassesAtExit=$work/classes" -Xlog:disable -cp "$2" \
    io.cesync.cli.Main -c "$work/settings.yaml" check >/dev/null 2>&1 || true
  # An empty one too: not to be tried again.
  touch "$work/classes"
  mv -f "$work/classes" "$file" 2>/dev/null || true
  rm -rf "$work"
}

home=$(home_directory)
find_java
sharing=()
# The simplest collector takes the least processor time of so small a heap. There can be only one.
collector=(-XX:+UseSerialGC)
[[ ${JAVA_OPTS:-} != *-XX:+Use*GC* ]] || collector=()
# A distribution has its jars in lib; a source checkout builds them.
installed=false
[[ -f $home/pom.xml || ! -f $home/lib/sync-daemon.jar ]] || installed=true

command=${1:-}
case $command in
  servers | demo)
    shift
    [[ $installed == false ]] || fail "$command is there in a source checkout only."
    build "$home/demo/target/demo.jar" local-servers logger-trigger sync-daemon demo
    classpath="$home/demo/target/demo.jar:$home/demo/target/lib/*"
    if [[ $command == demo ]]; then
      main=io.cesync.demo.Demo
    else
      main=io.cesync.local.Servers
    fi
    set -- --trigger-jar "$home/logger-trigger/target/logger-trigger.jar" "$@"
    ;;
  *)
    if [[ $installed == true ]]; then
      jar=$home/lib/sync-daemon.jar
      libraries=$home/lib
      classpath="$libraries/*"
      archive=$home/.classes.jsa
    else
      build "$home/sync-daemon/target/sync-daemon.jar" local-servers sync-daemon
      jar=$home/sync-daemon/target/sync-daemon.jar
      libraries=$home/sync-daemon/target/lib
      classpath="$jar:$libraries/*"
      archive=$home/sync-daemon/target/classes.jsa
    fi
    main=io.cesync.cli.Main
    # Not where nothing can be kept: it would be made at every start.
    if [[ -w $(dirname "$archive") && ! ( $archive -nt $jar && $archive -nt $libraries ) ]]; then
      archive_classes "$archive" "$classpath"
    fi
    # The JVM goes without if it doesn't fit; no need to tell.
    [[ ! -s $archive ]] || sharing=("-XX:SharedArchiveFile=$archive" -Xlog:cds=off -Xlog:cds+dynamic=off)
    ;;
esac

terminal=false
[[ ! -t 2 ]] || terminal=true

# Out of memory, a daemon that goes on is worse than one that is started again. The second compiler costs more than
# it gains a program that waits for servers: see docs/BENCHMARKS.md.
# shellcheck disable=SC2086 # JAVA_OPTS is a list.
exec "$java" "-Xmx${CESYNC_HEAP:-256m}" -XX:+ExitOnOutOfMemoryError "${collector[@]}" -XX:TieredStopAtLevel=1 \
  "-Dcesync.home=$home" "-Dcesync.terminal=$terminal" "${sharing[@]}" ${JAVA_OPTS:-} \
  -cp "$classpath" "$main" "$@"
