"""When does it arrive? The windows as a table, and one question that a table does not answer. python3 windows.py SCENARIO"""

import sys

import numpy
import railwindow

try:
    model = railwindow.build(railwindow.load_scenario(sys.argv[1]))
except railwindow.InputError as error:
    sys.exit("\n".join(map(str, error.findings)))

table = railwindow.estimate(model, runs=2000).table()  # .to_pandas() in place of .table() is the same for pandas
for row in zip(table["name"], table["event"], table["p5_utc"], table["p50_utc"], table["p95_utc"]):
    print("{:20} {:6} {:.16} {:.16} {:.16} UTC".format(row[0], row[1], *map(str, row[2:])))

samples = railwindow.sample(model, runs=2000)
end = model.timing_points[-1]
elapsed = samples.arrive_utc(end) - samples.depart_utc(model.timing_points[0])
elapsed = elapsed[~numpy.isnat(elapsed)]  # runs that do not arrive
print("Share of runs that take more than a day: {:.1%}".format((elapsed > numpy.timedelta64(24, "h")).mean()))
