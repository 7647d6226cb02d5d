#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Prints what a Linux x86_64 guest knows of its CPUs, memory and armed elfcorehdr, as the guest bundle that Crashplug's
# POST /api/v1/machine-imports takes.
#
# Runs under dash, bash and busybox ash, with the tools of coreutils or busybox: awk, cat, dd, od, sed, sort, tail, tr.
# Keeps everything in variables: a guest may have no place to write to. Bytes travel as od's two-digit words, because
# a shell variable cannot hold a NUL.

set -u
LC_ALL=C # bytes, not characters
export LC_ALL

root=${CRASHPLUG_ROOT-}
me=collect-guest.sh
page=4096

usage() {
    cat <<'USAGE'
Usage: collect-guest.sh [-n NAME] [-a ADDRESS]

Prints a guest bundle (JSON) on standard output. Run it as root inside a Linux x86_64 guest:

    collect-guest.sh | curl -H 'Content-Type: application/json' -d @- http://HOST:PORT/api/v1/machine-imports

Options:
  -n, --name NAME        name of the machine: a letter or digit, then up to 62 letters, digits, '.', '_' or '-',
                         and not a UUID (default: the host name, other characters replaced by '-')
  -a, --address ADDRESS  physical address of the armed elfcorehdr, such as 0x6f000000 (default: found in the
                         Crash kernel region)
  -h, --help             print this text

What the guest does not tell is left out of the bundle. The armed elfcorehdr is read from /proc/kcore, only while
/sys/kernel/kexec_crash_loaded is 1; when it cannot be read, a warning says why and the bundle goes without it.

Environment:
  CRASHPLUG_ROOT         directory to read proc/ and sys/ from (default: empty, the running guest)

Exit status:
  0  the bundle was printed (there may be warnings on standard error)
  1  the guest cannot be described: /proc/iomem is unreadable, shows only zeros (not root) or no System RAM;
     or the bundle could not be written
  2  wrong usage, or no name to be had
  3  a tool is missing
USAGE
}

fail() { # STATUS SENTENCE
    printf '%s: %s\n' "$me" "$2" >&2
    exit "$1"
}

# Kept until the end: a collection that is repeated must not warn twice.
warn() {
    warnings="$warnings$me: warning: $1
"
}

### Bytes and JSON

have() {
    command -v "$1" >/dev/null 2>&1
}

# od -t is an option of busybox's build.
choose_dumper() {
    for dumper in od hexdump xxd; do
        have "$dumper" || continue
        # shellcheck disable=SC2046 # the words are wanted apart
        set -- $(printf 'A\000' | hex_bytes 2>/dev/null)
        [ "$*" = '41 00' ] && return 0
    done
    return 1
}

# Standard input as two-digit words, 16 a line.
hex_bytes() {
    case $dumper in
        od) od -An -v -tx1 ;;
        hexdump) hexdump -v -e '16/1 "%02x " "\n"' ;;
        xxd) xxd -p -c 16 | sed 's/../& /g' ;;
    esac
}

# Standard input as a JSON string, in ASCII. A byte that is no part of valid UTF-8 has no place in JSON: U+FFFD.
json_string() {
    hex_bytes | awk '
        BEGIN {
            digits = "0123456789abcdef"
            for (i = 0; i < 256; i++) byte[substr(digits, int(i / 16) + 1, 1) substr(digits, i % 16 + 1, 1)] = i
            for (i = 0; i < 128; i++) text[i] = i < 32 || i == 127 ? sprintf("\\u%04x", i) : sprintf("%c", i)
            text[9] = "\\t"
            text[10] = "\\n"
            text[34] = "\\\""
            text[92] = "\\\\"
            printf "\""
        }
        function put(code) {
            if (code < 128) {
                printf "%s", text[code]
            } else if (code < 65536) {
                printf "\\u%04x", code
            } else {
                code -= 65536
                printf "\\u%04x\\u%04x", 55296 + int(code / 1024), 56320 + code % 1024
            }
        }
        function begin(more, bits, lowest) {
            need = more
            point = bits
            least = lowest
        }
        function take(b) {
            if (need > 0 && b >= 128 && b < 192) {
                point = point * 64 + b - 128
                if (--need == 0) put(point < least || point > 1114111 || int(point / 2048) == 27 ? 65533 : point)
                return
            }
            if (need > 0) put(65533)
            need = 0
            if (b < 128) put(b)
            else if (b >= 194 && b < 224) begin(1, b - 192, 128)
            else if (b >= 224 && b < 240) begin(2, b - 224, 2048)
            else if (b >= 240 && b < 245) begin(3, b - 240, 65536)
            else put(65533)
        }
        { for (f = 1; f <= NF; f++) take(byte[$f]) }
        END {
            if (need > 0) put(65533)
            printf "\""
        }'
}

# hex_bytes' words as base64.
base64_of_words() {
    awk '
        BEGIN {
            digits = "0123456789abcdef"
            for (i = 0; i < 256; i++) byte[substr(digits, int(i / 16) + 1, 1) substr(digits, i % 16 + 1, 1)] = i
            alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            for (i = 0; i < 64; i++) letter[i] = substr(alphabet, i + 1, 1)
        }
        function group(v) {
            return letter[int(v / 262144)] letter[int(v / 4096) % 64] letter[int(v / 64) % 64] letter[v % 64]
        }
        {
            for (f = 1; f <= NF; f++) {
                v = v * 256 + byte[$f]
                if (++k == 3) {
                    printf "%s", group(v)
                    v = k = 0
                }
            }
        }
        END {
            if (k == 1) printf "%s==", substr(group(v * 65536), 1, 2)
            if (k == 2) printf "%s=", substr(group(v * 256), 1, 3)
        }'
}

# Sets $value to a file's first line without blanks around it; fails where the guest has no such file.
value_of() { # PATH...
    value=
    for path in "$@"; do
        [ -r "$root$path" ] || continue
        { read -r value <"$root$path" || [ -n "$value" ]; } 2>/dev/null && return 0
    done
    return 1
}

is_decimal() {
    case $1 in '' | *[!0-9]*) return 1 ;; esac
}

is_hex() {
    case $1 in '' | *[!0-9a-fA-F]*) return 1 ;; esac
}

# RAM has at most 52 address bits: 13 digits, which shell arithmetic (signed, 64 bits) and awk's doubles both hold.
is_physical_address() { # HEX
    is_hex "$1" && [ "${#1}" -le 13 ]
}

json_value() {
    printf %s "$1" | json_string
}

add() { # FIELD JSON
    bundle="$bundle${bundle:+,
}  \"$1\": $2"
}

add_text() { # FIELD PATH
    value_of "$2" && add "$1" "$(json_value "$value")"
}

### Physical memory, through /proc/kcore

# Sets $words to LENGTH bytes of /proc/kcore (and fails when there are fewer).
kcore_words() { # OFFSET LENGTH
    words=$(kcore_bytes "$1" "$2" | hex_bytes)
    [ "$(printf '%s\n' "$words" | awk '{ n += NF } END { print n + 0 }')" -eq "$2" ]
}

# dd's skip counts blocks: take the largest block that divides offset and length.
kcore_bytes() { # OFFSET LENGTH
    block=$page
    while [ $(($1 % block)) -ne 0 ] || [ $(($2 % block)) -ne 0 ]; do
        block=$((block / 2))
    done
    dd if="$root/proc/kcore" bs="$block" skip=$(($1 / block)) count=$(($2 / block)) 2>/dev/null
}

# Sets $offset to where physical memory lies in /proc/kcore. The program headers come before the memory, so a hotplug
# that adds one may move all of it (fs/proc/kcore.c): no read may use an older answer.
locate() { # ADDRESS LENGTH
    offset=
    kcore_words 0 64 || return 1
    # shellcheck disable=SC2086 # the words are wanted apart
    set -- "$1" "$2" $words
    # e_phnum at byte 56: the words begin at $3
    headers=$((64 + 0x${60}${59} * 56))
    kcore_words 0 $(((headers + page - 1) / page * page)) || return 1
    # A p_offset may need more bits than awk's doubles have: it and p_paddr come back as text. vmalloc, vmemmap and
    # modules have p_paddr ffffffffffffffff, which no address reaches.
    # shellcheck disable=SC2046 # the words are wanted apart
    set -- "$1" $(printf '%s\n' "$words" | awk -v address="$1" -v bytes="$2" '
        BEGIN {
            digits = "0123456789abcdef"
            for (i = 0; i < 256; i++) byte[substr(digits, int(i / 16) + 1, 1) substr(digits, i % 16 + 1, 1)] = i
        }
        { for (f = 1; f <= NF; f++) word[n++] = $f }
        function text(at, width,    i, t) {
            for (i = 0; i < width; i++) t = word[at + i] t
            return t
        }
        function number(at, width,    i, v) {
            for (i = width - 1; i >= 0; i--) v = v * 256 + byte[word[at + i]]
            return v
        }
        END {
            if (text(0, 6) != "0102464c457f" || number(54, 2) != 56) exit
            first = number(32, 8)
            count = number(56, 2)
            if (first + count * 56 > n) exit
            for (i = 0; i < count; i++) {
                at = first + i * 56
                start = number(at + 24, 8)
                if (number(at, 4) != 1 || text(at + 24, 8) == "ffffffffffffffff") continue
                # Old kernels leave p_paddr zero everywhere, also for vmalloc: then it says nothing.
                if (start == 0 && zero++) exit
                if (!found && address >= start && address + bytes <= start + number(at + 40, 8))
                    found = text(at + 8, 8) " " text(at + 24, 8)
            }
            print found
        }')
    [ $# -eq 3 ] || return 1
    offset=$((0x$2 + $1 - 0x$3))
    [ "$offset" -ge 0 ]
}

physical_words() { # ADDRESS LENGTH
    words=
    locate "$1" "$2" && kcore_words "$offset" "$2"
}

### The armed elfcorehdr

# ELF64, little endian, ET_CORE, EM_X86_64, program headers of 56 bytes right behind the ELF header; sets $phnum.
is_core_header() { # 64 WORDS
    [ $# -eq 64 ] || return 1
    phnum=$((0x${58}${57}))
    [ "$1$2$3$4$5$6 ${17}${18} ${19}${20} ${33}${34}${35}${36} ${55}${56}" = '7f454c460201 0400 3e00 40000000 3800' ] &&
        [ "$phnum" -gt 0 ]
}

# Sets $header to the words of the header at ADDRESS, up to the end of the page where its last program header ends.
# A hotplug may rewrite it meanwhile: only two equal reads in a row count.
# Fails with 1 where there is no header, with 2 where the reads never agree.
read_header() { # ADDRESS
    previous=unread
    reads=0
    while [ "$reads" -lt 10 ]; do
        reads=$((reads + 1))
        header=
        # shellcheck disable=SC2086 # the words are wanted apart
        if physical_words "$1" 64 && is_core_header $words; then
            start=$words
            if physical_words "$1" $(((64 + phnum * 56 + page - 1) / page * page)); then
                case $words in "$start"*) header=$words ;; esac
            fi
        fi
        if [ "$header" = "$previous" ]; then
            [ -n "$header" ]
            return
        fi
        previous=$header
    done
    header=
    return 2
}

# The addresses (decimal) that command lines in the last 4 MiB of the Crash kernel region name: the kernel writes
# elfcorehdr=0x... (arch/x86/kernel/kexec-bzimage64.c, setup_cmdline(), Linux 6.12), kexec-tools elfcorehdr=...K.
named_addresses() { # START END
    window=$((4 * 1024 * 1024))
    [ $(($2 - $1 + 1)) -ge "$window" ] || window=$((($2 - $1 + 1) / page * page))
    [ "$window" -gt 0 ] || return
    from=$(($2 + 1 - window))
    locate "$from" "$window" || return
    for word in $(kcore_bytes "$offset" "$window" | tr -cs '!-~' '\n' | sed -n \
        -e 's/^.*elfcorehdr=\(0x[0-9a-fA-F]\{1,13\}\)$/\1/p' \
        -e 's/^.*elfcorehdr=\([1-9][0-9]\{0,12\}K\)$/\1/p' | sort -u); do
        case $word in
            *K) address=$((${word%K} * 1024)) ;;
            *) address=$((word)) ;;
        esac
        # kexec takes no segment that does not start a page, and none outside the region.
        [ "$address" -ge "$1" ] && [ "$address" -le "$2" ] && [ $((address % page)) -eq 0 ] && echo "$address"
    done | sort -u
}

# Sets $armed and $armed_at if there is a header; fails, with a warning, where none can be taken.
look_for_header() { # ADDRESS
    read_header "$1"
    case $? in
        0) ;;
        1) return 0 ;;
        *)
            warn "the header at $(printf '0x%x' "$1") changed between all reads: the bundle has no elfcorehdr"
            return 1
            ;;
    esac
    if [ -n "$armed" ]; then
        warn "the headers at $(printf '0x%x and 0x%x' "$armed_at" "$1") could both be the armed one: \
the bundle has no elfcorehdr (name it with -a)"
        return 1
    fi
    armed=$header
    armed_at=$1
}

# Adds the header that is armed now. Memory keeps headers and command lines of images that are no longer loaded: where
# more than one could be it, none is taken.
add_elfcorehdr() {
    if ! kcore_words 0 64; then
        value_of /sys/kernel/security/lockdown
        case $value in
            *'[confidentiality]'*) reason='kernel lockdown is at confidentiality' ;;
            *) reason='not root, lockdown, or a kernel without CONFIG_PROC_KCORE' ;;
        esac
        warn "/proc/kcore cannot be read ($reason): the bundle has no elfcorehdr"
        return
    fi
    armed=
    if [ -n "$address_given" ]; then
        tried=$((address_given))
        look_for_header "$tried" || return
    else
        # The high region, when there are two, comes last.
        region=$(sed -n 's/^ *\([0-9a-f]*\)-\([0-9a-f]*\) : Crash kernel$/\1 \2/p' "$root/proc/iomem" | tail -n 1)
        if ! is_physical_address "${region% *}" || ! is_physical_address "${region#* }"; then
            warn 'a crash image is loaded, but /proc/iomem shows no Crash kernel region: the bundle has no elfcorehdr'
            return
        fi
        start_of_region=$((0x${region% *}))
        tried=$(named_addresses "$start_of_region" $((0x${region#* })))
        for candidate in $tried; do
            look_for_header "$candidate" || return
        done
        # kexec_file_load puts the header at the region's start. A command line that names another is better evidence:
        # the one at the start may be left over from an earlier image.
        if [ -z "$armed" ]; then
            tried="$tried $start_of_region"
            look_for_header "$start_of_region" || return
        fi
    fi
    if [ -z "$armed" ]; then
        warn "/proc/kcore shows no ELF core header at$(for candidate in $tried; do
            printf ' 0x%x' "$candidate"
        done): the bundle has no elfcorehdr"
        return
    fi
    add elfcorehdr "\"$(printf '%s\n' "$armed" | base64_of_words)\""
}

### The bundle

# What a hotplug or a reload alters: collected before and after, it tells whether the bundle is of one state.
moving_facts() {
    cat "$root/proc/iomem"
    for set in possible present online; do
        value_of "/sys/devices/system/cpu/$set" && echo "$set $value"
    done
    value_of /sys/kernel/kexec_crash_loaded /sys/kernel/kexec/crash_loaded && echo "loaded $value"
}

check_iomem() {
    iomem_lines=$(sed -n '/^ *[0-9a-f]*-[0-9a-f]* : /p' "$root/proc/iomem" 2>/dev/null)
    [ -n "$iomem_lines" ] || fail 1 "$root/proc/iomem cannot be read, or is empty"
    printf '%s\n' "$iomem_lines" | sed 's/ : .*//' | tr -d ' 0\n-' | awk 'END { exit NR == 0 }' ||
        fail 1 "all addresses in $root/proc/iomem are zero: run as root (the kernel hides them from others)"
    case $iomem_lines in
        *' : System RAM'*) ;;
        *) fail 1 "$root/proc/iomem shows no System RAM" ;;
    esac
}

add_cpus() {
    sets=
    for set in possible present online; do
        value_of "/sys/devices/system/cpu/$set" && sets="$sets${sets:+, }\"$set\": $(json_value "$value")"
    done
    [ -z "$sets" ] || add cpus "{$sets}"
}

# sysfs has the note's address as bare hexadecimal and its size as decimal (drivers/base/cpu.c, Linux 6.12), for
# present CPUs only.
add_crash_notes() {
    notes=
    cpus=$(for directory in "$root"/sys/devices/system/cpu/cpu[0-9]*; do
        echo "${directory##*/cpu}"
    done | sort -n)
    for cpu in $cpus; do
        is_decimal "$cpu" || continue
        { value_of "/sys/devices/system/cpu/cpu$cpu/crash_notes" && is_hex "$value"; } || continue
        note="\"cpu\": $cpu, \"address\": \"0x$value\""
        value_of "/sys/devices/system/cpu/cpu$cpu/crash_notes_size" && is_decimal "$value" &&
            note="$note, \"sizeBytes\": $value"
        notes="$notes${notes:+,}
    {$note}"
    done
    [ -z "$notes" ] || add crashNotes "[$notes
  ]"
}

flag() { # 0 OR 1
    case $1 in
        0) echo false ;;
        1) echo true ;;
        *) return 1 ;;
    esac
}

add_crash_hotplug() {
    value_of /sys/devices/system/cpu/crash_hotplug && of_cpu=$(flag "$value") || return
    value_of /sys/devices/system/memory/crash_hotplug && of_memory=$(flag "$value") || return
    add crashHotplug "{\"cpu\": $of_cpu, \"memory\": $of_memory}"
}

collect() {
    bundle=
    warnings=
    add source '"guest"'
    add name "\"$name\""
    if value_of /proc/sys/kernel/osrelease || { [ -z "$root" ] && value=$(uname -r); }; then
        add kernelRelease "$(json_value "$value")"
    fi
    add iomem "$(json_string <"$root/proc/iomem")"
    add_cpus
    add_crash_notes
    add_text vmcoreinfo /sys/kernel/vmcoreinfo
    value_of /sys/kernel/crash_elfcorehdr_size /sys/kernel/kexec/crash_elfcorehdr_size && is_decimal "$value" &&
        add crashElfcorehdrSizeBytes "$value"
    add_crash_hotplug
    if value_of /sys/kernel/kexec_crash_loaded /sys/kernel/kexec/crash_loaded && loaded=$(flag "$value"); then
        add kexecCrashLoaded "$loaded"
        # Unloading leaves the header in memory, where it would be found.
        [ "$loaded" = false ] || add_elfcorehdr
    fi
}

is_uuid() {
    case $1 in
        *[!0-9a-fA-F-]*) return 1 ;;
        ????????-????-????-????-????????????) ;;
        *) return 1 ;;
    esac
}

is_name() {
    case $1 in
        '' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) return 1 ;;
    esac
    [ "${#1}" -le 63 ] && ! is_uuid "$1"
}

# Sets $name to the host name, made a name that Crashplug takes.
name_after_host() {
    value_of /proc/sys/kernel/hostname || { [ -z "$root" ] && value=$(uname -n); }
    name=$(printf '%s\n' "$value" | sed -e 's/[^A-Za-z0-9._-]/-/g' -e 's/^[^A-Za-z0-9]*//' -e 's/^\(.\{63\}\).*/\1/')
    is_uuid "$name" && name=host-$name
    is_name "$name" || fail 2 "the host name '$value' gives no name for the machine: give one with -n"
}

name=
name_given=
address_given=
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help)
            usage
            exit 0
            ;;
        -n | --name | -a | --address)
            [ $# -ge 2 ] || fail 2 "$1 needs a value (see --help)"
            case $1 in
                -n | --name)
                    is_name "$2" || fail 2 "'$2' is not a name for a machine (see --help)"
                    name=$2
                    name_given=yes
                    ;;
                *)
                    { [ "$2" != "${2#0x}" ] && is_physical_address "${2#0x}" && [ $(($2 % page)) -eq 0 ]; } ||
                        fail 2 "'$2' is not the address of a page such as 0x6f000000"
                    address_given=$2
                    ;;
            esac
            shift 2
            ;;
        *) fail 2 "unknown argument '$1' (see --help)" ;;
    esac
done

for tool in awk cat dd sed sort tail tr; do
    have "$tool" || fail 3 "$tool is missing"
done
choose_dumper || fail 3 'od, hexdump and xxd are all missing'
[ $((0x7fffffffffffffff)) = 9223372036854775807 ] || fail 3 'the arithmetic of this shell has fewer than 64 bits'

check_iomem
[ -n "$name_given" ] || name_after_host

collections=0
while :; do
    before=$(moving_facts)
    collect
    [ "$before" = "$(moving_facts)" ] && break
    collections=$((collections + 1))
    if [ "$collections" -eq 5 ]; then
        warn 'the guest kept changing while it was read: the facts may be of different moments'
        break
    fi
done
[ -z "$warnings" ] || printf %s "$warnings" >&2
printf '{\n%s\n}\n' "$bundle" || fail 1 'the bundle could not be written'
