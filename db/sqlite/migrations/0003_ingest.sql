CREATE TABLE `ingest_writers` (
	`writer` text PRIMARY KEY NOT NULL,
	`run_key` integer NOT NULL,
	`attempt` integer NOT NULL,
	`last_sequence` integer NOT NULL,
	`updated_at` real NOT NULL,
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `ingest_writers_run` ON `ingest_writers` (`run_key`,`attempt`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`project` text,
	`hash` text NOT NULL,
	`created_at` real NOT NULL,
	`last_used_at` real,
	`expires_at` real,
	`revoked_at` real
);
