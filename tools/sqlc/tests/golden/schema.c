/* Written by sqlc from schema/. */
#include "schema.h"

const struct migration schema_migrations[] = {
        { 1, "0001_schema.sql",
        "-- A small schema with every type, and columns that may be missing.\n"
        "CREATE TABLE shelf(\n"
        "  id    {pk},\n"
        "  label {text} NOT NULL UNIQUE\n"
        ") {strict};\n"
        "\n"
        "CREATE TABLE book(\n"
        "  id       {pk},\n"
        "  shelf_id {int}  REFERENCES shelf(id),\n"
        "  title    {text} NOT NULL,\n"
        "  author   {text},\n"
        "  pages    {int},\n"
        "  weight   {real} NOT NULL,\n"
        "  price    {real},\n"
        "  cover    {blob},\n"
        "  lent     {int}  NOT NULL\n"
        ") {strict};\n"
        "CREATE INDEX book_by_shelf ON book(shelf_id, title);\n"
        "" },
        { 0, NULL, NULL },
};

const struct db_closed schema_closed[] = {
        { "book", "library.sql", DB_SELECT | DB_INSERT | DB_UPDATE | DB_DELETE },
        { "shelf", "library.sql", DB_SELECT | DB_INSERT },
        { "shelf", "other.sql", DB_SELECT },
        { NULL, NULL, 0 },
};
