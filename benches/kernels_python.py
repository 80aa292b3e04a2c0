"""The first cells of chapter 02 as one would write them in Python, for `kernels.py`."""
# %%
import numpy as np
import matplotlib.pyplot as plt
# %%
print("2 seconds in milliseconds:", 2.0 * 1000.0)
# %%
sizes = np.array([1e-8, 1e-6, 1e-5, 5e-4, 3e-2, 1.5e-1])
figure, axes = plt.subplots()
axes.plot(np.log10(sizes), np.arange(1, 7), "o")
axes.set(title="Scales of the brain", xlabel="Size in metres, as a power of ten", ylabel="Rung of the ladder")
plt.show()
# %%
step = 0.5
elapsed = 0.0
print("at first:", elapsed)
elapsed += step
print("one step later:", elapsed)
# %%
quarters = np.arange(0.0, 1.0, 0.25)
print(quarters, len(quarters), quarters[0], quarters[3])
# %%
doubled = np.zeros(4)
doubled[0] = 1.0
for k in range(1, 4):
    doubled[k] = 2.0 * doubled[k - 1]
print(doubled)
# %%
z, i = 3.0 + 0.0j, 1.0j
print(2.0 * z, z + i, i * i)
# %%
def slower_and_faster(speed, change):
    return speed - change, speed + change
print(*slower_and_faster(10.0, 2.5))
# %%
def integrate_exponential(a, x0, dt, t_end):
    t = np.arange(0.0, t_end, dt)
    x = np.zeros(len(t), dtype=complex)
    x[0] = x0
    for k in range(1, len(t)):
        x[k] = x[k - 1] + dt * a * x[k - 1]
    return x, t
# %%
x, t = integrate_exponential(-0.1 + 0.0j, 100.0, 0.001, 10.0)
figure, axes = plt.subplots(figsize=(5, 5))
axes.plot(t, x.real)
axes.set(title="One node over time", xlabel="Time (s)", ylabel="x")
plt.show()
# %%
figure, axes = plt.subplots(figsize=(6, 4))
for dt in (5.0, 15.0, 25.0):
    x, t = integrate_exponential(-0.1 + 0.0j, 100.0, dt, 100.0)
    axes.plot(t, x.real, "o-", label=f"dt = {dt} s")
axes.legend()
plt.show()
# %%
a, b = np.meshgrid(np.linspace(-2, 2, 20), np.linspace(-2, 2, 20))
figure, axes = plt.subplots(figsize=(5, 5))
axes.streamplot(a, b, -0.2 * a - b, a - 0.2 * b)
plt.show()
