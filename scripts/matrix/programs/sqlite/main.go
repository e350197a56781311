// Sqlite makes a table in memory and reads it back. SQLite itself is a quarter of a million lines of C.
package main

import (
	"database/sql"
	"fmt"
	"log"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	db, err := sql.Open("sqlite3", ":memory:")
	check(err)
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	_, err = db.Exec("create table words (id integer primary key, word text, weight real)")
	check(err)
	for i, word := range []string{"plain", "naïve", "日本"} {
		_, err = db.Exec("insert into words (word, weight) values (?, ?)", word, float64(i)+0.25)
		check(err)
	}
	var version, words string
	var rows int64
	var weight float64
	check(db.QueryRow("select sqlite_version(), count(*), sum(weight), group_concat(word, '+') from words").
		Scan(&version, &rows, &weight, &words))
	fmt.Printf("sqlite %s: %d rows, weight %.2f, %s\n", version, rows, weight, words)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
