"""What a file may cost: everything that bounds the reading of a file of another's making."""

MEGABYTE = 2**20

# Of the file as it lies on the disk; a plan with pictures has some 30 MB.
LARGEST_FILE = 200 * MEGABYTE
# Of the process that parses it, above what the process that started it has.
MEMORY = 1500 * MEGABYTE
# Of the processor; a PDF of 200 pages takes some 60 s on a slow machine.
CPU_SECONDS = 180
# By the clock, for a process that waits instead of reckoning.
WALL_SECONDS = 600

# Of a zip archive, which Word and Excel files are. XML packs up to some 100:1, emptiness 1,000:1.
MOST_ENTRIES = 10_000
LARGEST_UNPACKED = 500 * MEGABYTE
HIGHEST_RATIO = 300
# A small entry may pack well without being a bomb.
RATIO_COUNTS_FROM = 10 * MEGABYTE

# Of what is read: cells of one table or sheet, and blocks and characters of the whole file.
MOST_CELLS = 300_000
MOST_BLOCKS = 500_000
MOST_CHARACTERS = 20_000_000
