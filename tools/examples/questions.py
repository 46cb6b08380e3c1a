"""What if, and when at the latest? python3 questions.py SCENARIO 'ARRIVE BY'"""

import sys

import numpy
import railwindow

try:
    base = railwindow.load_scenario(sys.argv[1])
    later = base.replace({"journey.depart": "2019-04-23 23:00"})
    comparison = railwindow.compare({"as written": base, "at 23:00": later}, runs=2000)
    latest = railwindow.depart_by(railwindow.build(base), sys.argv[2], confidence=0.9, runs=2000)
except railwindow.InputError as error:
    sys.exit("\n".join(map(str, error.findings)))
except railwindow.Infeasible as error:
    sys.exit(f"no answer: {error}")

table = comparison.table()  # comparison.to_pandas() is the same for pandas
for name, p50 in zip(table["name"], table["p50_utc"]):
    print(f"{name:12} median {p50!s:.16} UTC")
hours = table["p50_later"][1] / numpy.timedelta64(1, "h")  # of the differences, run by run; NaT for the base
print(f"At 23:00 it arrives {hours:.1f} h later.")
print(f"To be there by {latest.deadline_utc!s:.16} UTC it leaves by {latest.latest_utc!s:.16} UTC: {latest.in_time:.1%} are in time.")
