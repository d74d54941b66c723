# What scripts do: files, pipes, archives, background jobs, a trap, a fifo.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
for name in a b c; do seq 1 100 | sed "s/^/$name /" >"$name.txt"; done
tar -czf all.tar.gz *.txt
mkdir out
tar -xzf all.tar.gz -C out
chmod 600 out/a.txt
touch -d '2020-01-01 00:00' out/b.txt
ln -s a.txt out/link
mkfifo queue
cat queue >copy &
sort -rn -k2 out/*.txt | awk '{ print $1, $2 * 2 }' >queue
wait
files=$(find out -type f -name '*.txt' | wc -l)
lines=$(wc -l <copy)
word=$(printf 'one two three four five six seven\n' | cut -d ' ' -f 7)
md5sum out/*.txt >sums
md5sum -c sums >/dev/null
(sleep 0.1; kill -USR1 $$) &
trap 'answered=yes' USR1
until [ -n "${answered-}" ]; do sleep 0.05; done
df / >/dev/null
ps >/dev/null
date -u >/dev/null
echo "$files files, $lines lines, word 7 is $word"
