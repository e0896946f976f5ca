// Checks a log from outside with Go's packages for transparency logs and with go-cose.
//
//	verify URL LOG POLICY COSE-FOLDER
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func need(err error, what string) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

// A site serves a log: checkpoint and tiles under /logs, proofs under /v1/logs.
type site struct{ url, log string }

func (s site) get(path string) []byte {
	answer, err := http.Get(s.url + path)
	need(err, path)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	need(err, path)
	if answer.StatusCode != 200 {
		log.Fatalf("%s was answered with %d", path, answer.StatusCode)
	}
	return body
}

// Height and ReadTiles make the site a tlog.TileReader. Its tiles lie at tile/8/L/N in Go's own
// layout and at tile/L/N in that of C2SP.
func (s site) Height() int { return 8 }

func (s site) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data = append(data, s.get("/logs/"+s.log+"/"+path))
	}
	return data, nil
}

func (s site) SaveTiles([]tlog.Tile, [][]byte) {}

// open checks the log's Ed25519 signature and reads the checkpoint. Go's notes know no other kind.
func open(text []byte, keys note.Verifiers) tlog.Tree {
	opened, err := note.Open(text, keys)
	need(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	need(err, "size")
	hash, err := tlog.ParseHash(lines[2])
	need(err, "root")
	return tlog.Tree{N: size, Hash: hash}
}

func verifiers(policy string) note.Verifiers {
	var list []note.Verifier
	for _, line := range strings.Split(policy, "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "log" {
			if key, err := note.NewVerifier(words[1]); err == nil {
				list = append(list, key)
			}
		}
	}
	return note.VerifierList(list...)
}

func hash(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	need(err, "hash")
	return hash
}

// entries reads the bundles of the first n entries.
func (s site) entries(n int64) [][]byte {
	var all [][]byte
	for bundle := int64(0); bundle*256 < n; bundle++ {
		path := fmt.Sprintf("/logs/%s/tile/entries/%03d", s.log, bundle)
		if width := n - bundle*256; width < 256 {
			path += fmt.Sprintf(".p/%d", width)
		}
		for data := s.get(path); len(data) > 0; {
			end := 2 + int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:end])
			data = data[end:]
		}
	}
	return all
}

// records checks every leaf in the tiles against its entry, by a proof of our own making and by the
// receipt that is served.
func (s site) records(tree tlog.Tree, keys note.Verifiers) {
	reader := tlog.TileHashReader(tree, s)
	for i, entry := range s.entries(tree.N) {
		leaf := tlog.RecordHash(entry)
		proof, err := tlog.ProveRecord(tree.N, int64(i), reader)
		need(err, "tiles")
		need(tlog.CheckRecord(proof, tree.N, tree.Hash, int64(i), leaf), "leaf in the tiles")
		text := s.get(fmt.Sprintf("/v1/logs/%s/entries/%d/receipt.tlog-proof", s.log, i))
		head, checkpoint, _ := bytes.Cut(text, []byte("\n\n"))
		then := open(checkpoint, keys)
		proof = nil
		for _, line := range strings.Split(string(head), "\n")[2:] {
			proof = append(proof, hash(line))
		}
		need(tlog.CheckRecord(proof, then.N, then.Hash, int64(i), leaf), "receipt")
		if tlog.CheckRecord(proof, then.N, then.Hash, int64(i), tlog.Hash{}) == nil {
			log.Fatal("any leaf will do")
		}
	}
}

// prefixes checks every older tree: its root out of the tiles, and the consistency proof served.
func (s site) prefixes(tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, s)
	for n := int64(1); n < tree.N; n++ {
		older, err := tlog.TreeHash(n, reader)
		need(err, "older root")
		path := fmt.Sprintf("/v1/logs/%s/proofs/consistency?from=%d&to=%d", s.log, n, tree.N)
		var answer struct{ Path []string }
		need(json.Unmarshal(s.get(path), &answer), path)
		var proof tlog.TreeProof
		for _, text := range answer.Path {
			proof = append(proof, hash(text))
		}
		need(tlog.CheckTree(proof, tree.N, tree.Hash, n, older), path)
	}
}

// receipts checks the COSE receipts under Ed25519; go-cose has no ML-DSA.
func receipts(folder, origin string) int {
	var keys []cose.Key
	var raw []cbor.RawMessage
	set, err := os.ReadFile(filepath.Join(folder, "keys.cbor"))
	need(err, "keys")
	need(cbor.Unmarshal(set, &raw), "keys")
	for _, item := range raw {
		var key cose.Key
		if key.UnmarshalCBOR(item) == nil && key.Type == cose.KeyTypeOKP {
			keys = append(keys, key)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.cose"))
	need(err, "receipts")
	count := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		need(err, file)
		index, _, _ := strings.Cut(filepath.Base(file), "-")
		entry, err := os.ReadFile(filepath.Join(folder, index+".entry"))
		need(err, file)
		if receipt(data, entry, origin, keys) {
			count++
		}
	}
	return count
}

// receipt checks one receipt; false when it is under an algorithm that go-cose does not have.
func receipt(data, entry []byte, origin string, keys []cose.Key) bool {
	var message cose.Sign1Message
	need(message.UnmarshalCBOR(data), "receipt")
	algorithm, err := message.Headers.Protected.Algorithm()
	need(err, "alg")
	if algorithm != cose.AlgorithmEdDSA {
		return false
	}
	claims := message.Headers.Protected[int64(15)].(map[any]any)
	if claims[int64(1)] != origin || message.Headers.Protected[int64(395)] != int64(1) {
		log.Fatal("a receipt of another log or another tree")
	}
	var proof struct {
		_     struct{} `cbor:",toarray"`
		Size  int64
		Index int64
		Path  [][]byte
	}
	proofs := message.Headers.Unprotected[int64(396)].(map[any]any)[int64(-1)].([]any)
	need(cbor.Unmarshal(proofs[0].([]byte), &proof), "proof")
	root := climb(proof.Index, proof.Size, tlog.RecordHash(entry), proof.Path)
	for _, key := range keys {
		if bytes.Equal(key.ID, message.Headers.Protected[int64(4)].([]byte)) {
			verifier, err := key.Verifier()
			need(err, "key")
			message.Payload = root[:]
			need(message.Verify(nil, verifier), "signature of a COSE receipt")
			message.Payload = make([]byte, 32)
			if message.Verify(nil, verifier) == nil {
				log.Fatal("any root will do")
			}
			return true
		}
	}
	log.Fatal("a receipt under an unknown key")
	return false
}

// climb is RFC 9162 section 2.1.3.2 on tlog's hashes: tlog itself only compares with a root it is given.
func climb(index, size int64, leaf tlog.Hash, path [][]byte) tlog.Hash {
	if size == 1 {
		return leaf
	}
	split := int64(1)
	for split*2 < size {
		split *= 2
	}
	sibling, rest := tlog.Hash(path[len(path)-1]), path[:len(path)-1]
	if index < split {
		return tlog.NodeHash(climb(index, split, leaf, rest), sibling)
	}
	return tlog.NodeHash(sibling, climb(index-split, size-split, leaf, rest))
}

func main() {
	log.SetFlags(0)
	s := site{os.Args[1], os.Args[2]}
	policy, err := os.ReadFile(os.Args[3])
	need(err, "policy")
	keys := verifiers(string(policy))
	checkpoint := s.get("/logs/" + s.log + "/checkpoint")
	origin, _, _ := strings.Cut(string(checkpoint), "\n")
	tree := open(checkpoint, keys)
	s.records(tree, keys)
	s.prefixes(tree)
	count := receipts(os.Args[4], origin)
	if count == 0 {
		log.Fatal("no COSE receipt")
	}
	fmt.Printf("go: %d leaves of %s (%s), %d older trees, %d COSE receipts: all of it holds\n",
		tree.N, origin, base64.StdEncoding.EncodeToString(tree.Hash[:]), tree.N-1, count)
}
