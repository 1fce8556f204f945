CREATE TABLE `diagnoses` (
	`run_key` integer PRIMARY KEY NOT NULL,
	`engine` text NOT NULL,
	`run_rev` integer NOT NULL,
	`stamp` text NOT NULL,
	`at` real NOT NULL,
	`report` text NOT NULL,
	`rev` integer NOT NULL,
	FOREIGN KEY (`run_key`) REFERENCES `runs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `diagnoses_rev` ON `diagnoses` (`rev`);--> statement-breakpoint
CREATE TABLE `finding_mutes` (
	`id` text PRIMARY KEY NOT NULL,
	`project` text NOT NULL,
	`run_id` text,
	`rule` text NOT NULL,
	`subjects` text,
	`reason` text NOT NULL,
	`at` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `finding_mutes_project` ON `finding_mutes` (`project`);--> statement-breakpoint
CREATE TABLE `findings` (
	`run_key` integer NOT NULL,
	`place` integer NOT NULL,
	`rule` text NOT NULL,
	`subjects` text NOT NULL,
	`severity` text NOT NULL,
	`origin` text NOT NULL,
	`title` text NOT NULL,
	`first_step` integer NOT NULL,
	`wall` real NOT NULL,
	`confidence` real,
	`detail` text NOT NULL,
	PRIMARY KEY(`run_key`, `place`),
	FOREIGN KEY (`run_key`) REFERENCES `diagnoses`(`run_key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `metric_roles` (
	`project` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`project`, `name`)
);
