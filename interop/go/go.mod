module dev.indelible/interop

go 1.25.0

require (
	github.com/fxamacker/cbor/v2 v2.10.0
	github.com/veraison/go-cose v1.3.0
	golang.org/x/mod v0.37.0
)

require github.com/x448/float16 v0.8.4 // indirect
