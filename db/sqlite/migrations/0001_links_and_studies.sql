CREATE TABLE `links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`from_id` text NOT NULL,
	`from_name` text NOT NULL,
	`to_id` text NOT NULL,
	`to_name` text NOT NULL,
	`role` text NOT NULL,
	`step` integer,
	`blob_hash` text,
	`detail` text NOT NULL,
	`at` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `links_from` ON `links` (`from_id`);--> statement-breakpoint
CREATE INDEX `links_to` ON `links` (`to_id`);--> statement-breakpoint
CREATE TABLE `studies` (
	`id` text PRIMARY KEY NOT NULL,
	`project` text NOT NULL,
	`name` text NOT NULL,
	`definition` text NOT NULL,
	`settings` text NOT NULL,
	`created_at` real NOT NULL,
	`updated_at` real NOT NULL,
	`rev` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `studies_name` ON `studies` (`project`,`name`);--> statement-breakpoint
CREATE INDEX `studies_rev` ON `studies` (`rev`);--> statement-breakpoint
CREATE TABLE `study_runs` (
	`place` integer PRIMARY KEY NOT NULL,
	`study_id` text NOT NULL,
	`run_id` text NOT NULL,
	`variant` text NOT NULL,
	`seed` real,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `study_runs_place` ON `study_runs` (`study_id`,`run_id`);--> statement-breakpoint
CREATE INDEX `study_runs_run` ON `study_runs` (`run_id`);--> statement-breakpoint
CREATE TABLE `study_tombstones` (
	`study_id` text PRIMARY KEY NOT NULL,
	`rev` integer NOT NULL
);
