// Jieba cuts a sentence into words, in C++ with the standard library's containers, strings and streams. The dictionary
// is a small one of our own; the model for words that are in none is the module's.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/yanyiwu/gojieba"
)

const words = `北京 3000 ns
大学 2000 n
北京大学 2053 nt
学生 1500 n
我 9000 r
是 9000 v
的 9000 uj
`

func main() {
	directory, err := os.MkdirTemp("", "jieba")
	check(err)
	defer os.RemoveAll(directory)
	file := func(name, text string) string {
		path := filepath.Join(directory, name)
		check(os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	cutter := gojieba.NewJieba(file("words", words), "", file("mine", "交叉编译 100 n\n"),
		file("weights", "大学 5.5\n学生 6.5\n"), file("stops", "的\n"))
	defer cutter.Free()
	fmt.Printf("jieba: %s\n", strings.Join(cutter.Cut("我是北京大学的学生交叉编译", true), "/"))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
