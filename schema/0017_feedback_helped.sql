-- "Hielp deze pagina?": how often which answer, and what the editors did with the reasons. Reasons stand in feedback.

CREATE TABLE page_helped(
  item_id {int} NOT NULL PRIMARY KEY REFERENCES item(id),
  yes     {int} NOT NULL,
  partly  {int} NOT NULL,
  no      {int} NOT NULL
) {strict};

CREATE TABLE page_reply(
  item_id      {int}  NOT NULL PRIMARY KEY REFERENCES item(id),
  reply        {text} NOT NULL,
  published_on {text} NOT NULL
) {strict};
