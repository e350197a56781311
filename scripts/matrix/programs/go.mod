// The programs of `npm run matrix`: each really uses a cgo module that many projects build, and prints one line to check.
module example.com/matrix

go 1.22

require (
	github.com/DataDog/zstd v1.5.7
	github.com/fluent/fluent-bit-go v0.0.0-20230731091245-a7a013e2473c
	github.com/mattn/go-sqlite3 v1.14.53
	github.com/yanyiwu/gojieba v1.4.5
)

require github.com/ugorji/go/codec v1.1.7 // indirect
