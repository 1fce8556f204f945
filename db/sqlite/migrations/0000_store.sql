-- Made by drizzle-kit, then by hand: WITHOUT ROWID on tail, the rows of pow2, the view points.
CREATE TABLE `attempts` (
	`run_key` integer NOT NULL,
	`attempt` integer NOT NULL,
	`fork_step` integer,
	`started_at` real NOT NULL,
	`packed_by_others` integer NOT NULL,
	PRIMARY KEY(`run_key`, `attempt`),
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `blobs` (
	`hash` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `meta` (
	`id` integer PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`rev` integer NOT NULL,
	`created_at` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `metric_rules` (
	`run_key` integer NOT NULL,
	`pattern` text NOT NULL,
	`step` text,
	`goal` text,
	`unit` text,
	PRIMARY KEY(`run_key`, `pattern`),
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `pow2` (
	`exponent` integer PRIMARY KEY NOT NULL,
	`value` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`key` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`last_number` integer NOT NULL,
	`created_at` real NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_name_unique` ON `projects` (`name`);--> statement-breakpoint
CREATE TABLE `records` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_key` integer NOT NULL,
	`attempt` integer NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`step` integer NOT NULL,
	`wall` real NOT NULL,
	`payload` text NOT NULL,
	`blob_hash` text,
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`blob_hash`) REFERENCES `blobs`(`hash`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `records_place` ON `records` (`run_key`,`name`,`kind`,`attempt`,`step`);--> statement-breakpoint
CREATE INDEX `records_blob` ON `records` (`blob_hash`) WHERE blob_hash is not null;--> statement-breakpoint
CREATE TABLE `runs` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`project_key` integer NOT NULL,
	`name` text NOT NULL,
	`number` integer NOT NULL,
	`group_name` text,
	`job_type` text,
	`tags` text NOT NULL,
	`notes` text NOT NULL,
	`status` text NOT NULL,
	`status_reason` text,
	`archived` integer NOT NULL,
	`started_at` real NOT NULL,
	`heartbeat_at` real NOT NULL,
	`ended_at` real,
	`config` text NOT NULL,
	`summary` text NOT NULL,
	`environment` text NOT NULL,
	`git_diff` text,
	`seed` real,
	`parent_id` text,
	`fork_step` integer,
	`attempt` integer NOT NULL,
	`dropped_points` integer NOT NULL,
	`writer_version` text NOT NULL,
	`rev` integer NOT NULL,
	FOREIGN KEY (`project_key`) REFERENCES `projects`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_id_unique` ON `runs` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `runs_number` ON `runs` (`project_key`,`number`);--> statement-breakpoint
CREATE INDEX `runs_rev` ON `runs` (`rev`);--> statement-breakpoint
CREATE INDEX `runs_parent` ON `runs` (`parent_id`) WHERE parent_id is not null;--> statement-breakpoint
CREATE TABLE `series` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`run_key` integer NOT NULL,
	`name` text NOT NULL,
	`attempt` integer NOT NULL,
	`n` integer NOT NULL,
	`non_finite` integer NOT NULL,
	`ordered` integer NOT NULL,
	`wall_ordered` integer NOT NULL,
	`first_step` integer NOT NULL,
	`last_step` integer NOT NULL,
	`first_wall` real NOT NULL,
	`last_wall` real NOT NULL,
	`last_value` real,
	`min` real,
	`max` real,
	`sum` real,
	`min_step` integer,
	`max_step` integer,
	`rev` integer NOT NULL,
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_of_run` ON `series` (`run_key`,`name`,`attempt`);--> statement-breakpoint
CREATE INDEX `series_by_name` ON `series` (`name`,`run_key`);--> statement-breakpoint
CREATE TABLE `spans` (
	`id` integer PRIMARY KEY NOT NULL,
	`series_id` integer NOT NULL,
	`level` integer NOT NULL,
	`first_step` integer NOT NULL,
	`seq` integer NOT NULL,
	`last_step` integer NOT NULL,
	`n` integer NOT NULL,
	`bad` integer NOT NULL,
	`bad_kinds` integer NOT NULL,
	`bad_step` integer,
	`ordered` integer NOT NULL,
	`wall_ordered` integer NOT NULL,
	`first_wall` real NOT NULL,
	`last_wall` real NOT NULL,
	`first` real,
	`last` real,
	`min` real,
	`max` real,
	`sum` real,
	`min_step` integer,
	`min_wall` real,
	`max_step` integer,
	`max_wall` real,
	`stride` integer,
	`steps` blob,
	`vals` blob,
	`walls` blob,
	FOREIGN KEY (`series_id`) REFERENCES `series`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `spans_place` ON `spans` (`series_id`,`level`,`first_step`,`seq`);--> statement-breakpoint
CREATE TABLE `tail` (
	`run_key` integer NOT NULL,
	`attempt` integer NOT NULL,
	`seq` integer NOT NULL,
	`series_id` integer NOT NULL,
	`step` integer NOT NULL,
	`wall` real NOT NULL,
	`value` real,
	PRIMARY KEY(`run_key`, `attempt`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tombstones` (
	`run_id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tombstones_rev` ON `tombstones` (`rev`);
--> statement-breakpoint
INSERT INTO `pow2` WITH RECURSIVE
  up(exponent, value) AS (SELECT 0, 1.0 UNION ALL SELECT exponent + 1, value * 2 FROM up WHERE exponent < 1023),
  down(exponent, value) AS (SELECT -1, 0.5 UNION ALL SELECT exponent - 1, value / 2 FROM down WHERE exponent > -1074)
SELECT exponent, value FROM up UNION ALL SELECT exponent, value FROM down;
--> statement-breakpoint
-- Every stored point as a row, superseded ones too: within a run, name and attempt the row with the highest seq is the newest of its step.
-- SQL has no way to read a number out of bytes, so: a byte is its place in the list of all bytes, and a float is mantissa × 2^exponent.
-- pow2 also serves as the list of the places 0 … 1023 of a span.
CREATE VIEW points AS
WITH packed AS (
  SELECT series_id, seq + exponent AS seq, first_step, first_wall, stride, exponent AS place,
    length(steps) / n AS step_width, length(walls) / n AS wall_width, length(vals) / n AS value_width,
    substr(steps, exponent * (length(steps) / n) + 1, length(steps) / n) AS s,
    substr(walls, exponent * (length(walls) / n) + 1, length(walls) / n) AS w,
    substr(vals, exponent * (length(vals) / n) + 1, length(vals) / n) AS v,
    x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff' AS every_byte
  FROM spans JOIN pow2 ON exponent BETWEEN 0 AND n - 1
  WHERE level = 0
), split AS (
  SELECT series_id, seq, first_step, first_wall, stride, place, step_width, wall_width, value_width,
    CASE WHEN step_width >= 4 THEN (instr(every_byte, substr(s, 1, 1)) - 1) + (instr(every_byte, substr(s, 2, 1)) - 1) * 256 + (instr(every_byte, substr(s, 3, 1)) - 1) * 65536 + (instr(every_byte, substr(s, 4, 1)) - 1) * 16777216 END AS s_low,
    CASE WHEN step_width = 8 THEN (instr(every_byte, substr(s, 5, 1)) - 1) + (instr(every_byte, substr(s, 6, 1)) - 1) * 256 + (instr(every_byte, substr(s, 7, 1)) - 1) * 65536 + (instr(every_byte, substr(s, 8, 1)) - 1) * 16777216 END AS s_high,
    CASE WHEN wall_width >= 4 THEN (instr(every_byte, substr(w, 1, 1)) - 1) + (instr(every_byte, substr(w, 2, 1)) - 1) * 256 + (instr(every_byte, substr(w, 3, 1)) - 1) * 65536 + (instr(every_byte, substr(w, 4, 1)) - 1) * 16777216 ELSE (instr(every_byte, substr(w, 1, 1)) - 1) + (instr(every_byte, substr(w, 2, 1)) - 1) * 256 END AS w_low,
    CASE WHEN wall_width = 8 THEN (instr(every_byte, substr(w, 5, 1)) - 1) + (instr(every_byte, substr(w, 6, 1)) - 1) * 256 + (instr(every_byte, substr(w, 7, 1)) - 1) * 65536 + (instr(every_byte, substr(w, 8, 1)) - 1) * 16777216 END AS w_high,
    (instr(every_byte, substr(v, 1, 1)) - 1) + (instr(every_byte, substr(v, 2, 1)) - 1) * 256 + (instr(every_byte, substr(v, 3, 1)) - 1) * 65536 + (instr(every_byte, substr(v, 4, 1)) - 1) * 16777216 AS v_low,
    CASE WHEN value_width = 8 THEN (instr(every_byte, substr(v, 5, 1)) - 1) + (instr(every_byte, substr(v, 6, 1)) - 1) * 256 + (instr(every_byte, substr(v, 7, 1)) - 1) * 65536 + (instr(every_byte, substr(v, 8, 1)) - 1) * 16777216 END AS v_high
  FROM packed
), decoded AS (
  SELECT series_id, seq,
    CASE WHEN step_width IS NULL THEN first_step + place * stride WHEN step_width = 4 THEN first_step + s_low ELSE CASE s_high >> 20 & 2047
      WHEN 2047 THEN CASE WHEN (s_high & 1048575) = 0 AND s_low = 0 THEN (1 - 2 * (s_high >> 31)) * 9e999 END
      WHEN 0 THEN (1 - 2 * (s_high >> 31)) * (((s_high & 1048575) << 32 | s_low) * (SELECT value FROM pow2 WHERE exponent = -1074))
      ELSE (1 - 2 * (s_high >> 31)) * (((s_high & 1048575 | 1048576) << 32 | s_low) * (SELECT value FROM pow2 WHERE exponent = (s_high >> 20 & 2047) - 1075))
    END END AS step,
    CASE WHEN wall_width < 8 THEN first_wall + w_low ELSE CASE w_high >> 20 & 2047
      WHEN 2047 THEN CASE WHEN (w_high & 1048575) = 0 AND w_low = 0 THEN (1 - 2 * (w_high >> 31)) * 9e999 END
      WHEN 0 THEN (1 - 2 * (w_high >> 31)) * (((w_high & 1048575) << 32 | w_low) * (SELECT value FROM pow2 WHERE exponent = -1074))
      ELSE (1 - 2 * (w_high >> 31)) * (((w_high & 1048575 | 1048576) << 32 | w_low) * (SELECT value FROM pow2 WHERE exponent = (w_high >> 20 & 2047) - 1075))
    END END AS wall,
    CASE WHEN value_width = 4 THEN CASE v_low >> 23 & 255
      WHEN 255 THEN CASE WHEN (v_low & 8388607) = 0 THEN (1 - 2 * (v_low >> 31)) * 9e999 END
      WHEN 0 THEN (1 - 2 * (v_low >> 31)) * ((v_low & 8388607) * (SELECT value FROM pow2 WHERE exponent = -149))
      ELSE (1 - 2 * (v_low >> 31)) * ((v_low & 8388607 | 8388608) * (SELECT value FROM pow2 WHERE exponent = (v_low >> 23 & 255) - 150))
    END ELSE CASE v_high >> 20 & 2047
      WHEN 2047 THEN CASE WHEN (v_high & 1048575) = 0 AND v_low = 0 THEN (1 - 2 * (v_high >> 31)) * 9e999 END
      WHEN 0 THEN (1 - 2 * (v_high >> 31)) * (((v_high & 1048575) << 32 | v_low) * (SELECT value FROM pow2 WHERE exponent = -1074))
      ELSE (1 - 2 * (v_high >> 31)) * (((v_high & 1048575 | 1048576) << 32 | v_low) * (SELECT value FROM pow2 WHERE exponent = (v_high >> 20 & 2047) - 1075))
    END END AS value
  FROM split
  UNION ALL
  SELECT series_id, seq, step, wall, CASE typeof(value) WHEN 'blob' THEN -0.0 ELSE value END FROM tail
)
SELECT runs.id AS run_id, runs.name AS run, projects.name AS project, series.name AS name, series.attempt AS attempt,
  decoded.seq AS seq, decoded.step AS step, decoded.wall AS wall, decoded.value AS value
FROM series JOIN runs ON runs.key = series.run_key JOIN projects ON projects.key = runs.project_key JOIN decoded ON decoded.series_id = series.id;
